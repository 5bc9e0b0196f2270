//! What stands between the network and the handlers.
//!
//! ```text
//! request ─> request id, metrics ─> headers ─> client address ─> rate limit
//!         ─> Sec-Fetch-Site ─> time limit ─> gate (who, may it) ─> handler
//! ```

pub mod client_ip;
pub mod csrf;
pub(crate) mod fetch;
pub(crate) mod gate;
pub(crate) mod headers;
pub(crate) mod rate;
pub(crate) mod request_id;
pub(crate) mod time_limit;
