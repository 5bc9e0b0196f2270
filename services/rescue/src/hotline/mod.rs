//! The hotline of a station, answered day and night (rules R02): what was asked, what followed,
//! where the recording is. A recording is kept for the months of the place; that it was erased is
//! written down only afterwards, and the database holds it too.
//!
//! | where | what |
//! |---|---|
//! | `row` | calls in their table, sealed |
//! | `write` | a call taken, what followed, a recording erased |
//! | `lists` | calls as staff read them |

mod api;
mod lists;
mod row;
mod write;

pub use api::CallsService;

use yiwang_chassis::fault::{Code, Fault};

fn call_unknown() -> Fault {
    let message = "没有找到这次来电，请刷新后重试。";
    Fault::new(Code::NotFound, "CALL_UNKNOWN", message)
}
