//! Papers for what the network check does not show (rules A3.4).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::party::StatedStatus;

/// A paper laid on the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "")]
pub enum Paper {
    /// 人民法院生效裁判文书（离婚判决书、调解书，宣告死亡判决书）
    CourtJudgment,
    /// 人民法院离婚证明书
    CourtCertificate,
    /// 离婚证
    DivorceCertificate,
    /// 居民死亡医学证明（推断）书和已故配偶的结婚证
    DeathCertificate,
    /// 经公证、认证的无配偶声明或者证明（港澳台居民、华侨、外国人）
    NoSpouseProof,
    /// 公安机关出具的身份信息证明
    IdentityProof,
}

impl Paper {
    /// In Chinese.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::CourtJudgment => "人民法院生效裁判文书",
            Self::CourtCertificate => "人民法院离婚证明书",
            Self::DivorceCertificate => "离婚证",
            Self::DeathCertificate => "居民死亡医学证明（推断）书和已故配偶的结婚证",
            Self::NoSpouseProof => "经公证、认证的无配偶声明或者证明",
            Self::IdentityProof => "公安机关出具的身份信息证明",
        }
    }

    /// Whether it proves what somebody says of themselves. Nothing proves never having
    /// married: that is the register's word. A court declares divorces and deaths alike.
    #[must_use]
    pub fn proves(self, stated: StatedStatus) -> bool {
        match stated {
            StatedStatus::Single => false,
            StatedStatus::Divorced => matches!(
                self,
                Self::CourtJudgment | Self::CourtCertificate | Self::DivorceCertificate
            ),
            StatedStatus::Widowed => matches!(self, Self::DeathCertificate | Self::CourtJudgment),
        }
    }
}
