//! The same, over hyper-util's pool without reqwest.
#[path = "../../declarest/src/main.rs"]
#[allow(dead_code)]
mod declared;

use declared::Declared;

fn main() {
    harness::run(
        |base, token| async move { Declared::by(declarest::Client::builder(base).bearer(token).hyper()) },
    )
}
