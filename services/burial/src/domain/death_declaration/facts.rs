//! What officers have added to a declaration.

use serde::{Deserialize, Serialize};

use super::action::Cancellation;
pub use crate::domain::death_certificate::facts::Step;

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Who entered it.
    pub entered: Option<Step>,
    /// Who checked it.
    pub checked: Option<Step>,
    /// The judgment that cancels it, and who entered that.
    pub cancellation: Option<(Cancellation, Step)>,
    /// Who took it back.
    pub cancelled: Option<Step>,
    /// Who did not.
    pub kept: Vec<Step>,
    /// Who sent it back.
    pub returned: Option<Step>,
}
