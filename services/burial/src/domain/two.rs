//! Signed by two officers, as in all services. Where the family signs too: [`super::signer`].

pub use yiwang_casework::two::{Signer, pending, second, signer, waits};
