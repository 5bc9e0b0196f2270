//! What the reactions of this folder will do, said before. Only who stands on a case hears of it.

use yiwang_casework::{
    Item as _,
    ripple::{Change, On, Ripples},
};

use super::naming::is_child;
use crate::{adoption::ENDED, domain::adoption::Adoption};

/// To the cases of a child and its family.
pub struct Beforehand;

#[tonic::async_trait]
impl Ripples for Beforehand {
    fn of_case(&self, change: Change, on: On<'_>) -> Option<&'static str> {
        let child = is_child(on.item, on.relation);
        let parent = matches!(on.relation, "father" | "mother" | "carer");
        match change {
            Change::Death if child => Some("孩子的办件办结，停止发放和探访。"),
            Change::Death if parent => Some("当天派人去看孩子由谁照料；孩子的待遇、监护重新评估。"),
            Change::DeathRevoked if child || parent => Some("县级儿童工作人员核对这个办件。"),
            Change::Marriage | Change::MarriageEnded if parent => {
                Some("父母、照护人的婚姻有变化：监护和待遇重新核对。")
            }
            Change::Marriage | Change::MarriageEnded if on.item == Adoption::CODE && !child => {
                Some("收养人的婚姻状况，登记以前重新核对。")
            }
            Change::Adoption if child && ENDED.contains(&on.item) => {
                Some("孩子被收养：这个办件当天办结，停止发放，资料封存。")
            }
            Change::Custody if child => match on.item {
                "foster-care" => Some("孩子离开现在的寄养家庭的，劳务费到离开那天为止。"),
                "orphan" | "unattended-child" => Some("换了照护人，领取账户要核对。"),
                "entrusted-care" => Some("委托照护协议要核对，必要时重签。"),
                _ => None,
            },
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_becomes_of_a_case_follows_from_who_changes() {
        let rows = [
            (Change::Death, "child-file", "father", true),
            (Change::Death, "child-file", "child", true),
            (Change::Death, "child-file", "self", false),
            (Change::Death, "study-project", "self", true),
            (Change::Marriage, "orphan", "carer", true),
            (Change::Marriage, "orphan", "child", false),
            (Change::MarriageEnded, "adoption", "self", true),
            (Change::Adoption, "orphan", "child", true),
            (Change::Adoption, "protection-case", "child", false),
            (Change::Custody, "orphan", "child", true),
            (Change::Custody, "orphan", "father", false),
        ];
        for (change, item, relation, touched) in rows {
            let told = Beforehand.of_case(change, On { item, relation });
            assert_eq!(told.is_some(), touched, "{change:?} {item} {relation}");
        }
    }
}
