//! What the compiler says about a wrong declaration, as a user reads it.

use std::process::Command;

/// The compiler whose words the expectations hold. Another one says the same mistakes in words of its own, so with it
/// there is nothing to compare.
const SPOKEN: &str = "rustc 1.95.";

#[test]
fn mistakes_are_told() {
    let rustc =
        Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())).arg("--version").output();
    let version =
        rustc.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    if !version.starts_with(SPOKEN) {
        println!("skipped: the messages are those of {SPOKEN}x, this is {version}");
        return;
    }
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}
