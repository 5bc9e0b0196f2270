//! Pages beside the cases of children: the file with its picture, a visit now, what was paid.

use yiwang_chassis::identity::Role;
use yiwang_proto::casework::v1 as pb;

use crate::portal::desk::Desk;

/// Who opens files.
const VILLAGE: [Role; 3] = [Role::ChildWorker, Role::ChildSupervisor, Role::ChildCounty];

/// To the file for who keeps it, to the payments where there are any.
pub(super) fn ways(desk: &Desk, case: &pb::Case) -> Vec<(String, &'static str)> {
    let holds = |role: &Role| desk.who.as_ref().is_some_and(|who| who.has_role(*role));
    let number = &case.number;
    let mut ways = vec![];
    match case.item.as_str() {
        "child-file" => {
            if VILLAGE.iter().any(holds) {
                ways.push((format!("/child/files/{number}"), "孩子身边的人和走访"));
            }
            if !case.closed && holds(&Role::ChildWorker) {
                ways.push((format!("/child/day#visit={number}"), "现在去看望"));
            }
        }
        "orphan" | "unattended-child" | "medical-project" | "study-project" => {
            ways.push((format!("/child/payments/{number}"), "发放记录"));
        }
        _ => {}
    }
    ways
}
