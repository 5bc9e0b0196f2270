//! Who may see a case, and as whom.
//!
//! Whoever may not see a case gets the same answer as for one that does not exist.

pub(crate) mod reach;
pub(crate) mod standing;

use std::collections::BTreeSet;

use uuid::Uuid;
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};

use self::standing::{Around, Ground, Line, Seat};
use crate::{context::Actor, item::By, store::case::CaseFile};

/// Roles that may file for somebody else, at the counter or as agent 代办.
pub(crate) const FILING: &[Role] = &[Role::Agent, Role::Clerk, Role::TownshipOfficer];

/// How the cases of an item may be seen.
#[derive(Debug, Clone)]
pub(crate) struct Sight {
    /// Roles that may look.
    pub(crate) roles: BTreeSet<Role>,
    /// See [`crate::item::Item::FILER_DECIDES`].
    pub(crate) filer_decides: bool,
    /// See [`crate::item::Item::FILED_BY`].
    pub(crate) filed_by: &'static [Role],
    /// See [`crate::item::Item::VERIFIED`].
    pub(crate) verified: bool,
    /// The line of a closed item; none of an open one.
    pub(crate) line: Option<Line>,
}

impl Sight {
    /// As what the caller stands on a case as an officer.
    fn seat(&self, caller: &Caller, file: &CaseFile, around: &Around, own_case: bool) -> Seat {
        match &self.line {
            Some(_) if own_case => Seat::default(),
            Some(line) => line.seat(caller, file, around),
            None => {
                let mut roles: Vec<Role> = Vec::new();
                for grant in &caller.grants {
                    let new = !roles.contains(&grant.role);
                    if new && self.roles.contains(&grant.role) && grant.covers(&file.division) {
                        roles.push(grant.role);
                    }
                }
                Seat {
                    roles,
                    ground: None,
                }
            }
        }
    }
}

/// Somebody on a case.
#[derive(Debug, Clone)]
pub(crate) struct OnCase {
    /// Person key.
    pub(crate) key: String,
    /// The applicant, or another party.
    pub(crate) party: bool,
}

/// Somebody looking at a case.
#[derive(Debug, Clone)]
pub(crate) struct Viewer {
    /// The applicant in person.
    pub(crate) applicant: bool,
    /// An officer has seen their card.
    verified: bool,
    /// The applicant, or who filed for them and still may.
    pub(crate) owner: bool,
    /// Roles that cover the case's division.
    pub(crate) roles: Vec<Role>,
    /// The officer is on the form: may look, may not decide.
    pub(crate) own_case: bool,
    /// Looks as an officer.
    pub(crate) officer: bool,
    /// Why somebody who is no party sees a closed case.
    pub(crate) ground: Option<Ground>,
    account: Uuid,
    name: String,
    person: Option<String>,
}

impl Viewer {
    /// The caller as a viewer of `file`.
    ///
    /// # Errors
    /// `NOT_FOUND` when the caller may not know that the case exists.
    pub(crate) fn of(
        caller: &Caller,
        file: &CaseFile,
        around: &Around,
        sight: &Sight,
    ) -> Result<Self, Fault> {
        let people = &around.people;
        // An ID number is only typed until an officer has seen the card (实名核验): before
        // that an account reaches what it filed itself, not what others filed for the person.
        let person = caller.person.as_deref();
        let is_party = |on: &OnCase| on.party && Some(on.key.as_str()) == person;
        let named = person == Some(file.applicant_key.as_str()) || people.iter().any(is_party);
        let verified = caller.has_role(Role::Citizen);
        let applicant = named && (verified || caller.account == file.account);
        let files_here = FILING.iter().any(|role| caller.has(*role, &file.division));
        // At the counter the parties are there themselves: who files for them is their officer.
        let filed = caller.account == file.account && files_here;
        let owner = applicant || (filed && !sight.filer_decides);
        let own_case = around.names(caller);
        let Seat { roles, ground } = sight.seat(caller, file, around, own_case);
        let officer = ground.is_some() || !roles.is_empty();
        if !owner && !officer {
            return Err(case_not_found());
        }
        let filer = (owner && sight.line.is_some()).then_some(Ground::Filer);
        let ground = filer.or(ground).filter(|_| !applicant);
        Ok(Self {
            applicant,
            verified,
            owner,
            roles,
            own_case,
            officer,
            ground,
            account: caller.account,
            name: caller.name.clone(),
            person: caller.person.clone(),
        })
    }

    /// Whether complaints and objections may be read: by officers who are not
    /// themselves concerned.
    pub(crate) fn reads_confidential(&self) -> bool {
        !self.owner && !self.own_case
    }

    /// Whether the certificate of this holder may be read: by the holder, and by officers.
    pub(crate) fn sees_certificate(&self, holder_key: &str) -> bool {
        let own = self.applicant && self.person.as_deref() == Some(holder_key);
        own || self.officer
    }

    /// Whether this viewer may take an action that `by` may take.
    ///
    /// # Errors
    /// `WRONG_ROLE`, `NOT_VERIFIED`, `OWN_CASE` or `FILED_BY_SELF`.
    pub(crate) fn may(&self, by: By) -> Result<(), Fault> {
        match by {
            By::Applicant if self.owner => Ok(()),
            By::ApplicantInPerson if self.applicant => Ok(()),
            By::ApplicantVerified if self.applicant && self.verified => Ok(()),
            By::ApplicantVerified if self.applicant => Err(forbidden(
                "NOT_VERIFIED",
                "您的账号还没有实名核验，不能在网上签署。请带身份证到任一民政服务窗口核验后再签，\
                 或者到办理单位当面签字。",
            )),
            By::Roles(roles) if roles.iter().any(|role| self.roles.contains(role)) => {
                if self.own_case {
                    Err(forbidden(
                        "OWN_CASE",
                        "本人或近亲属的办件不能由您办理，请移交给同事。",
                    ))
                } else if self.owner {
                    Err(forbidden(
                        "FILED_BY_SELF",
                        "这件申请由您代为提交，请由其他同事办理。",
                    ))
                } else {
                    Ok(())
                }
            }
            _ => Err(forbidden(
                "WRONG_ROLE",
                "您的岗位不能办理这一步，请移交给相应岗位的同事。",
            )),
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
            By::Applicant | By::ApplicantInPerson | By::ApplicantVerified | By::System => {
                Actor::Citizen {
                    account: self.account,
                    person: self.person.clone(),
                }
            }
        }
    }
}

/// Whether the caller is the holder of a certificate from a case that `filer` filed: like a
/// case that others filed, it shows once the identity is verified.
pub(crate) fn holds(caller: &Caller, holder_key: &str, filer: Uuid) -> bool {
    let named = caller.person.as_deref() == Some(holder_key);
    named && (caller.has_role(Role::Citizen) || caller.account == filer)
}

/// The one answer for a case that is missing and one that is hidden.
pub(crate) fn case_not_found() -> Fault {
    Fault::new(
        yiwang_chassis::fault::Code::NotFound,
        "CASE_NOT_FOUND",
        "没有找到这个办件，请核对办件编号。",
    )
}

fn forbidden(reason: &'static str, message: &str) -> Fault {
    Fault {
        reason: reason.into(),
        message: message.to_owned(),
        ..Fault::forbidden()
    }
}
