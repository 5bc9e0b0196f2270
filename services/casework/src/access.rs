//! Who may see a case, and as whom.
//!
//! Whoever may not see a case gets the same answer as for one that does not exist.

use uuid::Uuid;
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};

use crate::{context::Actor, item::By, store::case::CaseFile};

/// Somebody looking at a case.
#[derive(Debug, Clone)]
pub(crate) struct Viewer {
    /// The applicant, or the account that filed.
    pub(crate) owner: bool,
    /// Roles that cover the case's division.
    pub(crate) roles: Vec<Role>,
    /// The officer is on the form: may look, may not decide.
    pub(crate) own_case: bool,
    account: Uuid,
    name: String,
    person: Option<String>,
}

impl Viewer {
    /// The caller as a viewer of `file`; `people` are the keys of everybody on it.
    ///
    /// # Errors
    /// `NOT_FOUND` when the caller may not know that the case exists.
    pub(crate) fn of(
        caller: &Caller,
        file: &CaseFile,
        people: &[String],
        viewing: impl Fn(Role) -> bool,
    ) -> Result<Self, Fault> {
        let is_applicant = caller.person.as_deref() == Some(file.applicant_key.as_str());
        let owner = is_applicant || caller.account == file.account;
        let mut roles: Vec<Role> = Vec::new();
        for grant in &caller.grants {
            let new = !roles.contains(&grant.role);
            if new && viewing(grant.role) && grant.covers(&file.division) {
                roles.push(grant.role);
            }
        }
        if !owner && roles.is_empty() {
            return Err(case_not_found());
        }
        let own_case = caller
            .person
            .as_ref()
            .is_some_and(|person| people.contains(person));
        Ok(Self {
            owner,
            roles,
            own_case,
            account: caller.account,
            name: caller.name.clone(),
            person: caller.person.clone(),
        })
    }

    /// Whether this viewer may take an action that `by` may take.
    ///
    /// # Errors
    /// `WRONG_ROLE` or `OWN_CASE`.
    pub(crate) fn may(&self, by: By) -> Result<(), Fault> {
        match by {
            By::Applicant if self.owner => Ok(()),
            By::Roles(roles) if roles.iter().any(|role| self.roles.contains(role)) => {
                if self.own_case {
                    Err(own_case())
                } else {
                    Ok(())
                }
            }
            _ => Err(wrong_role()),
        }
    }

    /// The actor of an action that `by` may take.
    pub(crate) fn actor(&self, by: By) -> Actor {
        match by {
            By::Roles(wanted) => {
                let (acting, other): (Vec<Role>, Vec<Role>) =
                    self.roles.iter().partition(|role| wanted.contains(role));
                let roles = acting.into_iter().chain(other).collect();
                Actor::Officer {
                    account: self.account,
                    name: self.name.clone(),
                    roles,
                }
            }
            By::Applicant | By::System => Actor::Citizen {
                account: self.account,
                person: self.person.clone(),
            },
        }
    }
}

/// The one answer for a case that is missing and one that is hidden.
pub(crate) fn case_not_found() -> Fault {
    Fault::new(
        yiwang_chassis::fault::Code::NotFound,
        "CASE_NOT_FOUND",
        "没有找到这个办件，请核对办件编号。",
    )
}

fn wrong_role() -> Fault {
    let mut fault = Fault::forbidden();
    fault.reason = "WRONG_ROLE".into();
    fault.message = "您的岗位不能办理这一步，请移交给相应岗位的同事。".to_owned();
    fault
}

fn own_case() -> Fault {
    let mut fault = Fault::forbidden();
    fault.reason = "OWN_CASE".into();
    fault.message = "本人或近亲属的办件不能由您办理，请移交给同事。".to_owned();
    fault
}
