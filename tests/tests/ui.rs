//! What the compiler says about a wrong declaration, as a user reads it.

#[test]
fn mistakes_are_told() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/*/*.rs");
}
