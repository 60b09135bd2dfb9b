//! What the environment says and nobody asked for.

use std::process::Command;

use declarest_tests::Step;

use super::{KEY, Keys as _, KeysClient, anonymous, keys, server};

/// Row 29. The environment of a process cannot be changed safely while it runs, so another one is started with it.
#[tokio::test]
async fn proxy_variables_and_netrc_are_not_used() {
    let (proxy, home) = (server([Step::json(200, "{}")]).await, tempfile::tempdir().unwrap());
    std::fs::write(home.path().join(".netrc"), "default login CANARY password CANARY\n").unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap());
    let (_, module) = module_path!().split_once("::").unwrap();
    let name = format!("{module}::a_call_with_this_environment");
    child.args(["--exact", &name, "--ignored", "--nocapture"]);
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        child.env(name, proxy.base_url());
    }
    child.env("HOME", home.path()).env("NETRC", home.path().join(".netrc"));
    child.env_remove("no_proxy").env_remove("NO_PROXY");
    let output = tokio::task::spawn_blocking(move || child.output().unwrap()).await.unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
    assert_eq!((proxy.connections(), text.contains("CANARY")), (0, false));
}

/// The call that [`proxy_variables_and_netrc_are_not_used`] makes in another process.
#[tokio::test]
#[ignore = "run by another test, in a process of its own"]
async fn a_call_with_this_environment() {
    assert!(std::env::var("HTTP_PROXY").is_ok(), "this is for another test to run");
    let server = server([Step::json(200, KEY)]).await;
    let client = anonymous(server.base_url()).build().unwrap();
    KeysClient::new(client).get("a").await.unwrap();
    assert!(!server.requests()[0].to_ascii_lowercase().contains("authorization"));
}

/// Row 29.
#[tokio::test]
async fn a_cookie_is_not_sent_back() {
    let server = server([Step::with_headers(200, &["set-cookie: id=1; Path=/"], KEY)]).await;
    let keys = keys(&server);
    keys.get("a").await.unwrap();
    keys.get("a").await.unwrap();
    assert!(server.requests().iter().all(|request| !request.to_ascii_lowercase().contains("cookie")));
}
