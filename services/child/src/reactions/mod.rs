//! What child protection does when somebody else's event arrives (rules B6).

use std::sync::Arc;

use yiwang_casework::{Runtime, host::Host};
use yiwang_chassis::lifecycle::Lifecycle;

/// Listens to the other services.
pub(crate) fn run(_host: &Host, _runtime: &Arc<Runtime>, _lifecycle: &Lifecycle) {}
