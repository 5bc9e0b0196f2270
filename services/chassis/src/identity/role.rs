//! The roles of the system.

use serde::{Deserialize, Serialize};

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
    /// 县级儿童福利和未成年人保护工作人员
    ChildCounty,
    /// 未成年人救助保护机构工作人员
    ChildCentre,
    /// 儿童福利机构工作人员
    WelfareHome,
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

impl Role {
    /// All roles.
    pub const ALL: [Self; 17] = [
        Self::Citizen,
        Self::Agent,
        Self::Clerk,
        Self::TownshipOfficer,
        Self::CountyOfficer,
        Self::Approver,
        Self::Station,
        Self::ChildWorker,
        Self::ChildSupervisor,
        Self::ChildCounty,
        Self::ChildCentre,
        Self::WelfareHome,
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
            Self::ChildCounty => "child_county",
            Self::ChildCentre => "child_centre",
            Self::WelfareHome => "welfare_home",
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
            Self::ChildCounty => "县级儿童福利和未成年人保护工作人员",
            Self::ChildCentre => "未成年人救助保护机构工作人员",
            Self::WelfareHome => "儿童福利机构工作人员",
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
