//! The same API with few and with many endpoints, written by the build script.

/// 4 endpoints.
pub mod few {
    include!(concat!(env!("OUT_DIR"), "/few.rs"));
}

/// 200 endpoints.
pub mod many {
    include!(concat!(env!("OUT_DIR"), "/many.rs"));
}
