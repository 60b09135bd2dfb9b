//! A call as a curl command, for a person.

use http::HeaderValue;
use http::header::{self, HeaderName};

use crate::client::AGENT;
use crate::credential::with_masked_keys;
use crate::exchange::{Plan, ResponseExpectations};
use crate::request::RequestParts;

/// Returns the command. It sends what the call sends, with secrets masked as `***`.
pub(crate) fn command(parts: &RequestParts, expects: ResponseExpectations) -> String {
    let has_secret_body = !parts.0.body.secrets.is_empty();
    let plan = match Plan::new(parts.copy(), expects) {
        Ok(plan) => plan,
        Err(error) => return format!("# nothing is sent: {error}"),
    };
    let with_keys = with_masked_keys(plan.url(), &mut plan.query_keys().filter(|_| plan.is_own));
    let url = with_keys.as_deref().unwrap_or_else(|| plan.url());
    let mut command = format!("curl -X {} {}", plan.method, quoted(url));
    let mut argument = |name: &str, value: &str| {
        command.push_str(&format!(" \\\n  {name} {}", quoted(value)));
    };
    let mut headers = plan.headers();
    // curl writes `Host` itself, and would print a compressed body as it comes.
    headers.remove(header::HOST);
    if plan.negotiates_coding {
        headers.remove(header::ACCEPT_ENCODING);
    }
    if plan.is_own {
        crate::transport::present(&mut headers, &mut plan.credentials());
    }
    let masked: Vec<&HeaderName> =
        plan.client().auth.credentials().map(|credential| &credential.name).collect();
    for (name, value) in &headers {
        // curl sends its own `User-Agent`, unless the client has one that the server may need.
        if *name != header::USER_AGENT || *value != AGENT {
            argument("-H", &format!("{name}: {}", shown(value, masked.contains(&name))));
        }
    }
    match plan.body.bytes().map(std::str::from_utf8) {
        Some(Ok("")) => {}
        _ if has_secret_body => argument("--data-raw", "***"),
        // Not `--data`, which reads a file where the text begins with `@`.
        Some(Ok(text)) => argument("--data-raw", text),
        _ => command.push_str(" \\\n  --data-binary @-"),
    }
    command
}

/// Returns the value of a header, masked if it is secret. The scheme of a credential is kept.
fn shown(value: &HeaderValue, is_masked: bool) -> String {
    if !is_masked && !value.is_sensitive() {
        return value.to_str().unwrap_or("***").to_owned();
    }
    let scheme = value.to_str().ok().and_then(|value| value.split_once(' ')).map(|(scheme, _)| scheme);
    match scheme.filter(|scheme| matches!(*scheme, "Bearer" | "Basic")) {
        Some(scheme) => format!("{scheme} ***"),
        None => "***".to_owned(),
    }
}

/// Returns a text in single quotes, for a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
