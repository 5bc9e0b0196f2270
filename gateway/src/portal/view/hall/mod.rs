//! Pages of the registrars' hall 婚姻登记处.

pub(crate) mod bench;
pub(crate) mod check_in;
pub(crate) mod conflicts;
pub(crate) mod counselling;
pub(crate) mod day;
pub(crate) mod dishonesty;
pub(crate) mod figures;
pub(crate) mod help;
pub(crate) mod index;
pub(crate) mod restoration;
pub(crate) mod setup;
pub(crate) mod status;

use yiwang_proto::marriage::v1 as pb;

/// What people or papers come to the counter for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Marriage,
    Divorce,
    Reissue,
    CourtNote,
    Revocation,
    Correction,
    Proof,
    /// 婚姻家庭辅导: booked, never filed.
    Counselling,
}

impl Kind {
    /// Those that are filed.
    pub(crate) const ALL: [Self; 7] = [
        Self::Marriage,
        Self::Divorce,
        Self::Reissue,
        Self::CourtNote,
        Self::Revocation,
        Self::Correction,
        Self::Proof,
    ];

    /// The kind with this code.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter().chain([Self::Counselling]);
        all.find(|kind| kind.code() == code)
    }

    /// In addresses; those that are booked as appointments name them.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Marriage => "marriage",
            Self::Divorce => "divorce",
            Self::Reissue => "reissue",
            Self::CourtNote => "court-note",
            Self::Revocation => "revocation",
            Self::Correction => "correction",
            Self::Proof => "proof",
            Self::Counselling => "counselling",
        }
    }

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Marriage => "结婚登记",
            Self::Divorce => "离婚登记",
            Self::Reissue => "补领证件",
            Self::CourtNote => "登记法院裁判",
            Self::Revocation => "撤销虚假登记",
            Self::Correction => "更正登记信息",
            Self::Proof => "出具记录证明",
            Self::Counselling => "婚姻家庭辅导",
        }
    }

    /// The item that is filed; counselling is none.
    pub(crate) const fn item(self) -> &'static str {
        match self {
            Self::Marriage => "marriage-registration",
            Self::Divorce => "divorce-registration",
            Self::Reissue => "certificate-reissue",
            Self::CourtNote => "court-note",
            Self::Revocation => "registration-revocation",
            Self::Correction => "record-correction",
            Self::Proof => "record-proof",
            Self::Counselling => "",
        }
    }

    /// People come in person with their cards; otherwise a paper came.
    pub(crate) const fn reads_cards(self) -> bool {
        matches!(
            self,
            Self::Marriage | Self::Divorce | Self::Reissue | Self::Correction | Self::Proof
        )
    }

    /// Whose panels stand on the page: properties of the form.
    pub(crate) const fn sides(self) -> &'static [&'static str] {
        match self {
            Self::Reissue | Self::Correction | Self::Proof => &["a"],
            _ => &["a", "b"],
        }
    }
}

/// Code and name of halls, for a list to choose from.
pub(crate) fn choices(halls: &[pb::Hall]) -> Vec<(String, String)> {
    let choice = |hall: &pb::Hall| (hall.code.clone(), hall.name.clone());
    halls.iter().map(choice).collect()
}
