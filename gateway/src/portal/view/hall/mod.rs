//! Pages of the registrars' hall 婚姻登记处.

pub(crate) mod bench;
pub(crate) mod check_in;
pub(crate) mod conflicts;
pub(crate) mod day;
pub(crate) mod figures;
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
}

impl Kind {
    pub(crate) const ALL: [Self; 5] = [
        Self::Marriage,
        Self::Divorce,
        Self::Reissue,
        Self::CourtNote,
        Self::Revocation,
    ];

    /// The kind with this code.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// In addresses; the first three as appointments name them.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Marriage => "marriage",
            Self::Divorce => "divorce",
            Self::Reissue => "reissue",
            Self::CourtNote => "court-note",
            Self::Revocation => "revocation",
        }
    }

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Marriage => "结婚登记",
            Self::Divorce => "离婚登记",
            Self::Reissue => "补领证件",
            Self::CourtNote => "登记法院裁判",
            Self::Revocation => "撤销虚假登记",
        }
    }

    /// The item that is filed.
    pub(crate) const fn item(self) -> &'static str {
        match self {
            Self::Marriage => "marriage-registration",
            Self::Divorce => "divorce-registration",
            Self::Reissue => "certificate-reissue",
            Self::CourtNote => "court-note",
            Self::Revocation => "registration-revocation",
        }
    }

    /// People come in person with their cards; otherwise a paper came.
    pub(crate) const fn reads_cards(self) -> bool {
        matches!(self, Self::Marriage | Self::Divorce | Self::Reissue)
    }

    /// Whose panels stand on the page: properties of the form.
    pub(crate) const fn sides(self) -> &'static [&'static str] {
        match self {
            Self::Reissue => &["a"],
            _ => &["a", "b"],
        }
    }
}

/// Code and name of halls, for a list to choose from.
pub(crate) fn choices(halls: &[pb::Hall]) -> Vec<(String, String)> {
    let choice = |hall: &pb::Hall| (hall.code.clone(), hall.name.clone());
    halls.iter().map(choice).collect()
}
