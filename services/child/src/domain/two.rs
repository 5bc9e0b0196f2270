//! Signed by two officers, as in all services.

pub use yiwang_casework::two::*;
