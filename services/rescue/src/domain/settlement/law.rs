//! 落户安置: who goes where, and one person has one identity (民发〔2015〕158号, rules C5.7).

use yiwang_casework::Refusal;

use super::{action::Benefit, form::Home};
use crate::domain::desk::at_field;

/// Whether somebody of this age goes into that household.
///
/// # Errors
/// `CHILD_HOME`: under 18 to a child welfare home, and nobody else there.
pub fn household(minor: bool, home: Home) -> Result<(), Refusal> {
    if minor && home != Home::Child {
        let message = "未满18周岁的，由儿童福利机构收留抚养，请选择儿童福利机构集体户。";
        return Err(at_field("CHILD_HOME", "/home", message));
    }
    if !minor && home == Home::Child {
        let message = "已满18周岁的，不落户儿童福利机构，请重新选择。";
        return Err(at_field("CHILD_HOME", "/home", message));
    }
    Ok(())
}

/// Checks before an identity is given: nobody has it, and the person has none.
///
/// # Errors
/// `DUPLICATES_UNCHECKED`, `SECOND_IDENTITY`.
pub fn one_identity(checked: bool, paper: &str, taken: bool) -> Result<(), Refusal> {
    if !checked || paper.trim().is_empty() {
        let message = "落户以前请公安机关核查重复户口，填写核查证明的编号。";
        return Err(at_field(
            "DUPLICATES_UNCHECKED",
            "/duplicates_paper",
            message,
        ));
    }
    if taken {
        let message = "这个身份已经属于另一个人，一个人只能有一个身份，请与公安机关核对。";
        return Err(at_field("SECOND_IDENTITY", "/number", message));
    }
    Ok(())
}

/// What the household opens a way to; the other services hear it (rules R10).
#[must_use]
pub fn needs(minor: bool, guarded: bool) -> Vec<Benefit> {
    let living = if minor {
        Benefit::Orphan
    } else {
        Benefit::ExtremePoverty
    };
    let mut needs = vec![living, Benefit::MedicalInsurance];
    if guarded && !minor {
        needs.push(Benefit::Disability);
    }
    needs
}
