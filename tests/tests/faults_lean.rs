//! The same faults over the lean transport: what it handles is what the other does.
#[path = "faults/main.rs"]
mod faults;
