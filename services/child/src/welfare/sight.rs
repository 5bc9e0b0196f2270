//! Where a caller stands. Lists hold only what lies there; elsewhere is as if it were empty.

use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Role},
};
use yiwang_civic::division;

use crate::domain::welfare::LINE;

/// Beginnings of the divisions in which the caller stands on files.
pub(super) fn scopes(caller: &Caller) -> Result<Vec<&str>, Fault> {
    let scopes: Vec<&str> = LINE.iter().flat_map(|role| caller.scopes(*role)).collect();
    match scopes.is_empty() {
        true => Err(not_theirs()),
        false => Ok(scopes),
    }
}

/// The beginning that a division of a request means; empty: all of the caller's.
pub(super) fn prefix(asked: &str) -> Result<&str, Fault> {
    let prefix = match asked.trim() {
        "" => "",
        code => division::scope_prefix(code),
    };
    if prefix.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(prefix);
    }
    let message = "请选择地区。";
    Err(Fault::invalid_field(
        "/division",
        "DIVISION_UNKNOWN",
        message,
    ))
}

/// Whether the caller holds one of these roles in all of the division.
pub(super) fn holds(caller: &Caller, roles: &[Role], division: &str) -> Result<(), Fault> {
    match roles.iter().any(|role| caller.has(*role, division.trim())) {
        true => Ok(()),
        false => Err(not_theirs()),
    }
}

pub(super) fn not_theirs() -> Fault {
    let message = "这里由儿童主任、儿童督导员和县级民政部门的工作人员办理，您的岗位不能办理。";
    Fault::new(Code::Forbidden, "WRONG_ROLE", message)
}

/// Name of a division, or its code.
pub(super) fn name_of(code: &str) -> String {
    division::find(code).map_or_else(|| code.to_owned(), |found| found.name.to_owned())
}

/// Township and village, as far as the code says.
pub(super) fn place_of(code: &str) -> String {
    match (code.len(), code.get(..9)) {
        (12, Some(township)) => format!("{}{}", name_of(township), name_of(code)),
        _ => name_of(code),
    }
}
