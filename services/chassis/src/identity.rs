//! Who is calling, and where that person may do what.
//!
//! The gateway logs people in and mints short-lived tokens ([`Claims`]); each
//! service verifies them itself ([`crate::verifier`]) and finds a [`Caller`] in
//! the request's extensions. A grant is a role for a division and all within.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::fault::Fault;

/// The `typ` of an access token (RFC 9068).
pub const TOKEN_TYPE: &str = "at+jwt";

/// No access token lives longer than this.
pub const TOKEN_LIFETIME: SignedDuration = SignedDuration::from_secs(300);

/// What a person is to the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 群众
    Citizen,
    /// 代办员
    Agent,
    /// 窗口人员
    Clerk,
    /// 乡镇（街道）经办人员
    TownshipOfficer,
    /// 县级民政工作人员
    CountyOfficer,
    /// 审批人员
    Approver,
    /// 救助站工作人员
    Station,
    /// 儿童主任
    ChildWorker,
    /// 儿童督导员
    ChildSupervisor,
    /// 殡仪馆工作人员
    Funeral,
    /// 核对机构人员
    CheckCentre,
    /// 审计人员
    Auditor,
    /// 安全管理员
    SecurityAdmin,
    /// 系统管理员
    SystemAdmin,
}

/// A role for a division and everything within it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// A division code: 6 digits down to a county, 9 a township, 12 a village.
    pub division: String,
}

/// A verified caller.
#[derive(Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account.
    pub account: Uuid,
    /// The real name, for history and documents.
    pub name: String,
    /// The person key in hex, for a natural person.
    pub person: Option<String>,
    /// What the caller may do, and where.
    pub grants: Vec<Grant>,
    /// The login session, absent for the workflow engine.
    pub session: Option<Uuid>,
    /// The account for which the workflow engine acts.
    pub on_behalf_of: Option<String>,
}

/// An access token as it is signed, shared with the gateway that mints it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Claims {
    /// The gateway.
    pub iss: String,
    /// The account.
    pub sub: Uuid,
    /// The one service that may accept the token.
    pub aud: String,
    /// End of validity, in seconds since 1970 UTC.
    pub exp: i64,
    /// Time of issue, in seconds since 1970 UTC.
    pub iat: i64,
    /// Start of validity, in seconds since 1970 UTC.
    pub nbf: i64,
    /// The token's own identifier.
    pub jti: Uuid,
    /// See [`Caller::name`].
    pub name: String,
    /// See [`Caller::person`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pk: Option<String>,
    /// See [`Caller::grants`].
    #[serde(default)]
    pub grants: Vec<Grant>,
    /// See [`Caller::session`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<Uuid>,
    /// See [`Caller::on_behalf_of`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<String>,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 14] = [
        Self::Citizen,
        Self::Agent,
        Self::Clerk,
        Self::TownshipOfficer,
        Self::CountyOfficer,
        Self::Approver,
        Self::Station,
        Self::ChildWorker,
        Self::ChildSupervisor,
        Self::Funeral,
        Self::CheckCentre,
        Self::Auditor,
        Self::SecurityAdmin,
        Self::SystemAdmin,
    ];

    /// All roles.
    pub fn all() -> &'static [Self] {
        &Self::ALL
    }

    /// The name on the wire and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Agent => "agent",
            Self::Clerk => "clerk",
            Self::TownshipOfficer => "township_officer",
            Self::CountyOfficer => "county_officer",
            Self::Approver => "approver",
            Self::Station => "station",
            Self::ChildWorker => "child_worker",
            Self::ChildSupervisor => "child_supervisor",
            Self::Funeral => "funeral",
            Self::CheckCentre => "check_centre",
            Self::Auditor => "auditor",
            Self::SecurityAdmin => "security_admin",
            Self::SystemAdmin => "system_admin",
        }
    }

    /// The Chinese name for pages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Citizen => "群众",
            Self::Agent => "代办员",
            Self::Clerk => "窗口人员",
            Self::TownshipOfficer => "乡镇（街道）经办人员",
            Self::CountyOfficer => "县级民政工作人员",
            Self::Approver => "审批人员",
            Self::Station => "救助站工作人员",
            Self::ChildWorker => "儿童主任",
            Self::ChildSupervisor => "儿童督导员",
            Self::Funeral => "殡仪馆工作人员",
            Self::CheckCentre => "核对机构人员",
            Self::Auditor => "审计人员",
            Self::SecurityAdmin => "安全管理员",
            Self::SystemAdmin => "系统管理员",
        }
    }

    /// Whether somebody with this role works for the state.
    pub fn is_staff(self) -> bool {
        !matches!(self, Self::Citizen | Self::Agent)
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Role {
    type Err = UnknownRole;

    fn from_str(name: &str) -> Result<Self, UnknownRole> {
        let known = Self::ALL.into_iter().find(|role| role.as_str() == name);
        known.ok_or_else(|| UnknownRole(name.to_owned()))
    }
}

/// A role name that this version does not know.
#[derive(Debug, thiserror::Error)]
#[error("unknown role {0:?}")]
pub struct UnknownRole(String);

impl Grant {
    /// A grant of `role` for `division` and everything within it.
    pub fn new(role: Role, division: impl Into<String>) -> Self {
        Self {
            role,
            division: division.into(),
        }
    }

    /// The beginning that all covered codes share: `421200` → `4212`, the nation
    /// (`000000`) → empty. A malformed code covers nothing.
    pub fn scope(&self) -> Option<&str> {
        let code = self.division.as_str();
        if !matches!(code.len(), 6 | 9 | 12) || !code.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let mut scope = code;
        if code.len() == 6 {
            while let Some(rest) = scope.strip_suffix("00") {
                scope = rest;
            }
        }
        Some(scope)
    }

    /// Whether `division` is the granted one or lies within it.
    pub fn covers(&self, division: &str) -> bool {
        self.scope()
            .is_some_and(|scope| division.starts_with(scope))
    }
}

impl Caller {
    /// Whether the caller holds `role` for `division`.
    pub fn has(&self, role: Role, division: &str) -> bool {
        self.grants
            .iter()
            .any(|grant| grant.role == role && grant.covers(division))
    }

    /// Whether the caller holds `role` anywhere.
    pub fn has_role(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// The code beginnings within which the caller holds `role`; an empty one is the nation.
    pub fn scopes(&self, role: Role) -> Vec<&str> {
        self.grants
            .iter()
            .filter(|grant| grant.role == role)
            .filter_map(Grant::scope)
            .collect()
    }

    /// Whether the caller works for the state in any role.
    pub fn is_staff(&self) -> bool {
        self.grants.iter().any(|grant| grant.role.is_staff())
    }
}

// A name is personal data: it must not reach a log through `{:?}`.
impl std::fmt::Debug for Caller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Caller")
            .field("account", &self.account)
            .field("grants", &self.grants)
            .finish_non_exhaustive()
    }
}

impl Claims {
    /// The token of `caller` for `audience`, valid from `now` for `lifetime`
    /// (at most [`TOKEN_LIFETIME`]).
    pub fn new(
        caller: &Caller,
        issuer: &str,
        audience: &str,
        now: Timestamp,
        lifetime: SignedDuration,
    ) -> Self {
        let iat = now.as_second();
        Self {
            iss: issuer.to_owned(),
            sub: caller.account,
            aud: audience.to_owned(),
            exp: iat + lifetime.min(TOKEN_LIFETIME).as_secs(),
            iat,
            nbf: iat,
            jti: crate::ids::new(now),
            name: caller.name.clone(),
            pk: caller.person.clone(),
            grants: caller.grants.clone(),
            sid: caller.session,
            act: caller.on_behalf_of.clone(),
        }
    }
}

impl From<Claims> for Caller {
    fn from(claims: Claims) -> Self {
        Self {
            account: claims.sub,
            name: claims.name,
            person: claims.pk,
            grants: claims.grants,
            session: claims.sid,
            on_behalf_of: claims.act,
        }
    }
}

/// The verified caller of a request.
///
/// # Errors
/// `UNAUTHENTICATED` when the request carried no token.
pub fn caller<T>(request: &tonic::Request<T>) -> Result<Caller, Fault> {
    maybe_caller(request).ok_or_else(Fault::unauthenticated)
}

/// The verified caller of a request, when it carried a token.
pub fn maybe_caller<T>(request: &tonic::Request<T>) -> Option<Caller> {
    request.extensions().get::<Caller>().cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_covers_its_division_and_everything_within() {
        let cases = [
            ("421200", "421221", true),
            ("421200", "421221001", true),
            ("421200", "421200", true),
            ("421200", "420323", false),
            ("420000", "421221", true),
            ("420000", "429004", true),
            ("420000", "430000", false),
            ("000000", "659001", true),
            ("420323", "420323100", true),
            ("420323", "420300", false),
            ("420323100", "420323100201", true),
            ("420323100", "420323", false),
            ("420323100", "420323101", false),
            // 10 and 20 end in one zero that means something.
            ("110100", "110101", true),
            ("420300", "420323", true),
            ("100000", "110101", false),
            ("", "420323", false),
            ("42", "420323", false),
            ("42%000", "420323", false),
        ];
        for (granted, asked, expected) in cases {
            let grant = Grant::new(Role::CountyOfficer, granted);
            assert_eq!(grant.covers(asked), expected, "{granted} covers {asked}");
        }
    }

    #[test]
    fn a_role_counts_only_where_it_was_granted() {
        let caller = Caller {
            account: Uuid::nil(),
            name: "李四".into(),
            person: None,
            grants: vec![
                Grant::new(Role::TownshipOfficer, "420323100"),
                Grant::new(Role::Auditor, "420000"),
            ],
            session: None,
            on_behalf_of: None,
        };
        assert!(caller.has(Role::TownshipOfficer, "420323100"));
        assert!(!caller.has(Role::TownshipOfficer, "420323101"));
        assert!(!caller.has(Role::CountyOfficer, "420323"));
        assert_eq!(caller.scopes(Role::Auditor), ["42"]);
        assert!(caller.is_staff());
        assert!(!format!("{caller:?}").contains("李四"));
    }

    #[test]
    fn role_names_are_the_same_in_text_and_json() {
        for role in Role::ALL {
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
            assert_eq!(role.as_str().parse::<Role>().unwrap(), role);
        }
    }
}
