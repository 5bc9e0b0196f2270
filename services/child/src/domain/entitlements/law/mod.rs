//! The law of GE and WF as functions of facts (rules B3).

pub mod age;
pub mod amount;
pub mod ground;
pub mod ledger;
pub mod month;
pub mod payee;

yiwang_casework::code_list! {
    /// What a child is entitled to; a child is never both (rules B5.8).
    Kind {
        Orphan = "GE", "孤儿基本生活费";
        Unattended = "WF", "事实无人抚养儿童基本生活补贴";
    }
}

yiwang_casework::code_list! {
    /// Who brings the child up 养育类型 (rules B4.8); orphans in institutions get more.
    Upbringing {
        Family = "family", "社会散居（由监护人或者亲属抚养）";
        Institution = "institution", "机构养育（由儿童福利机构抚养）";
    }
}

yiwang_casework::code_list! {
    /// Another benefit that the child draws.
    Benefit {
        MinimumLiving = "DB", "最低生活保障";
        ExtremePoverty = "TK", "特困人员救助供养";
        DisabilityLiving = "CJ", "困难残疾人生活补贴";
    }
}

impl Kind {
    /// Aggregate of its events.
    #[must_use]
    pub fn aggregate(self) -> &'static str {
        match self {
            Self::Orphan => "orphan",
            Self::Unattended => "sw",
        }
    }

    /// Its name in events.
    #[must_use]
    pub fn event_code(self) -> &'static str {
        match self {
            Self::Orphan => "GE",
            Self::Unattended => "SW",
        }
    }
}
