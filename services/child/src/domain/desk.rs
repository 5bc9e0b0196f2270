//! What the items share with those of other services.

pub use yiwang_casework::desk::*;
