//! One step of a search.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What there is to do, in the order of the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Fingerprint, photograph, marks, accent, what the person tells.
    Biometrics,
    /// Face recognition, for everyone.
    Face,
    /// Suspected lost, abandoned or trafficked: the police, at once.
    PoliceReport,
    /// Search notice 寻亲公告.
    Publish,
    /// The police are asked for a DNA sample.
    Dna,
    /// The police have sampled, compared and answered.
    Sampled,
    /// Stranded 滞留: the form of care is chosen.
    Stranded,
    /// The published notice is renewed and enriched.
    Refresh,
    /// Passed up to the next level.
    Escalate,
    /// Settlement is requested.
    Settle,
    /// DNA and face are compared again, after the settlement.
    Yearly,
    /// Copies of the notice elsewhere are taken down.
    Unpublish,
}

/// When and by whom a step was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// The server's instant.
    pub at: Timestamp,
    /// Name of the officer, or the department.
    pub by: String,
    /// Number of the receipt, or what was done.
    pub record: String,
}

/// A step with its limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What.
    pub kind: Kind,
    /// Which time, from 1.
    pub round: u32,
    /// In time is whoever acts before.
    pub due_at: Timestamp,
    /// The holidays of that time are not published yet.
    #[serde(default)]
    pub provisional: bool,
    /// When it was done.
    pub done: Option<Done>,
    /// Since when nobody needs it any more.
    pub ended_at: Option<Timestamp>,
}

impl Step {
    /// Waits to be done.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.done.is_none() && self.ended_at.is_none()
    }

    /// Done too late, or late now; what was late when it ended stays so.
    #[must_use]
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.until(now) >= self.due_at
    }

    /// Minutes after the limit.
    #[must_use]
    pub fn minutes_late(&self, now: Timestamp) -> i64 {
        let over: SignedDuration = self.until(now).duration_since(self.due_at);
        over.as_mins().max(0)
    }

    fn until(&self, now: Timestamp) -> Timestamp {
        let done = self.done.as_ref().map(|done| done.at);
        done.or(self.ended_at).unwrap_or(now)
    }
}

impl Kind {
    /// All, in the order of the law.
    pub const ALL: [Self; 12] = [
        Self::Biometrics,
        Self::Face,
        Self::PoliceReport,
        Self::Publish,
        Self::Dna,
        Self::Sampled,
        Self::Stranded,
        Self::Refresh,
        Self::Escalate,
        Self::Settle,
        Self::Yearly,
        Self::Unpublish,
    ];

    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Biometrics => "biometrics",
            Self::Face => "face",
            Self::PoliceReport => "police_report",
            Self::Publish => "publish",
            Self::Dna => "dna",
            Self::Sampled => "sampled",
            Self::Stranded => "stranded",
            Self::Refresh => "refresh",
            Self::Escalate => "escalate",
            Self::Settle => "settle",
            Self::Yearly => "yearly",
            Self::Unpublish => "unpublish",
        }
    }

    /// The step with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What there is to do.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Biometrics => "采集指纹、照片和体貌特征",
            Self::Face => "人脸识别比对",
            Self::PoliceReport => "向公安机关报案",
            Self::Publish => "发布寻亲公告",
            Self::Dna => "报请公安机关采集DNA",
            Self::Sampled => "公安机关采样比对并反馈",
            Self::Stranded => "确定滞留人员照料方式",
            Self::Refresh => "更新寻亲公告",
            Self::Escalate => "逐级提请上级协查",
            Self::Settle => "提出安置申请",
            Self::Yearly => "安置后再次比对DNA和人脸",
            Self::Unpublish => "撤下其他渠道的寻亲公告",
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn legal_basis(self) -> &'static str {
        match self {
            Self::Biometrics => "民发〔2014〕132号；民发〔2015〕158号",
            Self::Face | Self::Refresh | Self::Escalate => "民发〔2020〕14号",
            Self::Yearly => "安置后继续寻亲（本地规定）",
            Self::Unpublish => "个人信息保护法第六条、第四十七条（时限为本地规定）",
            _ => "民发〔2015〕158号",
        }
    }
}
