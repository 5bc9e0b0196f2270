//! Adoption and foster care (rules B2.10, B2.11; B5.5 to B5.7, B5.14).
//!
//! | folder | item |
//! |---|---|
//! | [`adopt`] | 收养登记 (SY), assessment inside |
//! | [`dissolution`] | 解除收养关系登记 (SJ) |
//! | [`revocation`] | 撤销收养登记 (SX) |
//! | [`proof`] | 补领收养登记证、出具收养关系证明 (SB) |
//! | [`foster_care`] | 家庭寄养 (JY) |
//!
//! [`law`] is the law, [`record`] what the register keeps, [`archive`] what is sealed for good.

pub mod adopt;
pub mod archive;
pub mod dissolution;
pub mod fields;
pub mod foster_care;
pub mod law;
pub mod people;
pub mod proof;
pub mod record;
pub mod revocation;

pub use self::{
    adopt::Adoption, dissolution::AdoptionDissolution, foster_care::FosterCare,
    proof::AdoptionProof, revocation::AdoptionRevocation,
};

use yiwang_casework::Refusal;
use yiwang_chassis::{fault::FieldViolation, identity::Role};

/// Who registers adoptions 收养登记员 and decides on them.
pub const REGISTRAR: &[Role] = &[Role::ChildCounty];

/// A refusal that lists everything that is still missing.
///
/// # Errors
/// There is something; its code is that of the first.
pub fn complete(found: Vec<FieldViolation>, lead: &str) -> Result<(), Refusal> {
    if found.is_empty() {
        return Ok(());
    }
    let what: Vec<_> = found
        .iter()
        .map(|it| it.message.trim_end_matches('。'))
        .collect();
    let message = format!("{lead}：{}。", what.join("；"));
    Err(Refusal {
        fields: found,
        ..Refusal::new("NOT_COMPLETE", message)
    })
}
