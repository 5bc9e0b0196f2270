//! What somebody must look at: kinds of tasks, and who stands by when nobody does it in time.

use yiwang_chassis::identity::Role;

yiwang_casework::code_list! {
    /// What is to be done.
    Kind {
        UrgentVisit = "urgent_visit", "马上到孩子家里看望";
        Revisit = "revisit", "回访从救助站回家的孩子";
        Household = "household", "给孩子办理户口登记";
        CorrectDeath = "correct_death", "死亡登记有变更，核对受影响的办件";
        Marital = "marital", "核对收养人的婚姻状况";
        ReviewFamily = "review_family", "核实孩子家里的情况";
        SchoolCheck = "school_check", "核实就学情况";
        VisitOverdue = "visit_overdue", "家访已经逾期，尽快补上";
        NoOwner = "no_owner", "给孩子指定儿童主任";
        Placement = "placement", "核实孩子现在由谁照料";
        Contact = "contact", "核实父母有没有按时联系孩子";
    }
}

/// Roles that have tasks.
pub const STAFF: &[Role] = &[
    Role::ChildWorker,
    Role::ChildSupervisor,
    Role::TownshipOfficer,
    Role::ChildCounty,
    Role::ChildCentre,
    Role::WelfareHome,
];

/// Who stands by when this role did not do it in time: village, township, county.
#[must_use]
pub fn next_up(role: Role) -> Option<Role> {
    match role {
        Role::ChildWorker => Some(Role::ChildSupervisor),
        Role::ChildSupervisor | Role::TownshipOfficer | Role::ChildCentre | Role::WelfareHome => {
            Some(Role::ChildCounty)
        }
        _ => None,
    }
}

/// Who is nearest to a child in this division: the child director of a village, the supervisor of
/// a township, else the county.
#[must_use]
pub fn nearest(division: &str) -> Role {
    match division.len() {
        12 => Role::ChildWorker,
        9 => Role::ChildSupervisor,
        _ => Role::ChildCounty,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_reaches_the_county() {
        for role in STAFF {
            let mut at = *role;
            for _ in 0..3 {
                at = next_up(at).unwrap_or(at);
            }
            assert_eq!(at, Role::ChildCounty, "{role}");
        }
    }
}
