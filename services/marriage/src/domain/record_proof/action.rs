//! Acts on a proof: it is decided when it is asked for; at a counter it is handed over.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

yiwang_casework::actions! {
    /// The paper is received.
    Deliver(Deliver) = "deliver";
}

/// Receipt of the paper.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Deliver {
    /// Received.
    #[schemars(title = "申请人或者经办人已签收", description = "")]
    pub received: bool,
}
