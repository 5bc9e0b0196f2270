//! The bills of a case, for the page of whoever sees it.

use yiwang_proto::casework::v1::Case;

use super::{desk::Desk, view::funeral::BillView};

/// Items that cost something.
const BILLED: [&str; 3] = ["funeral", "grave", "ashes-deposit"];

/// All of them; none before it is settled, and the page stands without them.
pub(super) async fn of(desk: &Desk, case: &Case) -> Vec<BillView> {
    let (true, Ok(who)) = (BILLED.contains(&case.item.as_str()), desk.who()) else {
        return Vec::new();
    };
    let found = desk.state.backends().burial_bills(who, &case.number).await;
    BillView::all(&found.unwrap_or_default())
}
