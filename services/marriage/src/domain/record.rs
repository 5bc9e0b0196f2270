//! A marriage record 婚姻关系 and a person of the register, as decisions see them (rules A2.2).
//!
//! ```text
//! valid ─► divorced | divorced_court | ended_death | ended_declared | void | annulled | revoked
//!   ▲                                                   │
//!   └── revocation of the declaration (民法典 51) ────────┘
//! ```

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// State of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordState {
    /// 有效
    Valid,
    /// 登记离婚
    Divorced,
    /// 判决或调解离婚; ends on the day the paper takes effect (民法典 1080)
    DivorcedCourt,
    /// 一方死亡
    EndedDeath,
    /// 一方被宣告死亡 (民法典 51)
    EndedDeclared,
    /// 确认无效; never had effect (民法典 1054)
    Void,
    /// 被撤销 (民法典 1052, 1053)
    Annulled,
    /// 撤销婚姻登记: 冒名顶替、弄虚作假
    Revoked,
}

impl RecordState {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Valid,
        Self::Divorced,
        Self::DivorcedCourt,
        Self::EndedDeath,
        Self::EndedDeclared,
        Self::Void,
        Self::Annulled,
        Self::Revoked,
    ];

    /// Stable code, as in the column `state`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Divorced => "divorced",
            Self::DivorcedCourt => "divorced_court",
            Self::EndedDeath => "ended_death",
            Self::EndedDeclared => "ended_declared",
            Self::Void => "void",
            Self::Annulled => "annulled",
            Self::Revoked => "revoked",
        }
    }

    /// In Chinese.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Valid => "有效",
            Self::Divorced => "已离婚（登记）",
            Self::DivorcedCourt => "已离婚（法院）",
            Self::EndedDeath => "因死亡终止",
            Self::EndedDeclared => "因宣告死亡终止",
            Self::Void => "婚姻无效",
            Self::Annulled => "婚姻被撤销",
            Self::Revoked => "登记被撤销",
        }
    }

    /// The state with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// Which certificates of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certificates {
    /// 结婚证, re-issued ones too.
    Marriage,
    /// 结婚证 and 离婚证.
    All,
}

/// A record with a person on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Id of the row.
    pub id: Uuid,
    /// Certificate number.
    pub number: String,
    /// Person keys of the two, in the order of registration.
    pub spouses: [String; 2],
    /// State.
    pub state: RecordState,
    /// Day of registration.
    pub registered_on: Date,
    /// Day from which the law counts it; earlier for a late registration.
    pub effective_from: Date,
    /// Day it ended.
    pub ended_on: Option<Date>,
    /// Registered by a Chinese registry in the mainland or abroad 驻外使领馆, or by whom.
    pub hall: Option<String>,
    /// Every certificate of it that was issued here, oldest first.
    pub certificates: Vec<Held>,
}

/// A certificate of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its number.
    pub number: String,
    /// 离婚证, not 结婚证.
    pub divorce: bool,
    /// Not replaced, ended, void, annulled or revoked.
    pub valid: bool,
}

/// One of the two as the register has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Name.
    pub name: String,
    /// ID number, or what old papers have instead.
    pub id_number: String,
    /// 9- or 6-digit division of residence; may be empty.
    pub household: String,
}

/// What a record says of its two, for acts that must read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Id of the record.
    pub record: Uuid,
    /// In the order of [`Record::spouses`].
    pub sides: [Entry; 2],
}

impl Record {
    /// Numbers of its certificates, of marriage, of divorce or both: what was issued here, and
    /// the number the record has from elsewhere.
    #[must_use]
    pub fn numbers(&self, of: Certificates) -> Vec<&str> {
        let wanted = |held: &&Held| of == Certificates::All || !held.divorce;
        let issued = self.certificates.iter().filter(wanted);
        let mut numbers: Vec<&str> = issued.map(|held| held.number.as_str()).collect();
        if !numbers.contains(&self.number.as_str()) {
            numbers.push(&self.number);
        }
        numbers
    }

    /// The key of the other spouse.
    #[must_use]
    pub fn spouse_of(&self, person: &str) -> Option<&str> {
        match &self.spouses {
            [a, b] if a == person => Some(b),
            [a, b] if b == person => Some(a),
            _ => None,
        }
    }
}

/// Full, limited or no capacity for civil acts (民法典 18, 21, 22).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// 完全
    #[default]
    Full,
    /// 限制
    Limited,
    /// 无
    None,
}

/// What the register knows of a person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// Day of death, certified or declared.
    pub died_on: Option<Date>,
    /// Capacity.
    pub capacity: Capacity,
    /// Why nothing may be registered until a registrar settled it.
    pub frozen: Option<String>,
    /// Last day on the list of the dishonest 失信 (rules A3.13).
    pub dishonest_until: Option<Date>,
    /// All records, oldest first.
    pub records: Vec<Record>,
}

impl Known {
    /// The valid marriage, of which there is one at most.
    #[must_use]
    pub fn valid(&self) -> Option<&Record> {
        self.records
            .iter()
            .find(|record| record.state == RecordState::Valid)
    }
}

/// A hall as far as decisions need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hall {
    /// Code, division and two digits.
    pub code: String,
    /// Name.
    pub name: String,
    /// Nine digits.
    pub division: String,
    /// Residences it may register.
    pub competence: Vec<super::party::Residence>,
    /// End of business, Beijing time.
    pub closes: jiff::civil::Time,
}
