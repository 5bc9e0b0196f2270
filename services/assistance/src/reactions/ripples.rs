//! What the reactions of this folder will do, said before.

use yiwang_casework::{
    Item as _,
    ripple::{Change, On, Ripples},
};

use crate::domain::MinimumLiving;

/// To families on the roll and those that have applied. Of a child's guardianship assistance is not
/// told (rules B6).
pub struct Beforehand;

#[tonic::async_trait]
impl Ripples for Beforehand {
    fn of_case(&self, change: Change, on: On<'_>) -> Option<&'static str> {
        if on.item != MinimumLiving::CODE {
            return None;
        }
        match change {
            Change::Death => Some("逝者的一份从死亡次月起停发，这一家进入复核。"),
            Change::DeathRevoked => Some("停发的一份恢复，停发期间的补发。"),
            Change::Marriage | Change::MarriageEnded => {
                Some("家庭人口、赡养义务人和收入要重新核对。")
            }
            Change::Custody | Change::Adoption => None,
        }
    }
}
