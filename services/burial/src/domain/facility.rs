//! What a facility 殡葬设施 must have before it is on record (rules F14, B3.5).

use jiff::civil::Date;
use yiwang_casework::Context;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::{
    division::{self, Level},
    params::ParamError,
};

use super::desk::filled;

yiwang_casework::code_list! {
    /// Kind of a facility.
    Kind {
        FuneralHome = "funeral_home", "殡仪馆";
        Columbarium = "columbarium", "骨灰堂";
        UrbanPublic = "urban_public", "城市公益性公墓";
        RuralPublic = "rural_public", "农村公益性公墓";
        Commercial = "commercial", "经营性公墓";
    }
}

impl Kind {
    /// Letters in the code of a facility.
    #[must_use]
    pub fn letters(self) -> &'static str {
        match self {
            Self::FuneralHome => "BY",
            Self::Columbarium => "GT",
            Self::UrbanPublic | Self::RuralPublic => "GM",
            Self::Commercial => "JY",
        }
    }

    /// A resting place for everybody of the area it serves 公益性安葬（放）设施.
    #[must_use]
    pub fn public_rest(self) -> bool {
        matches!(
            self,
            Self::Columbarium | Self::UrbanPublic | Self::RuralPublic
        )
    }
}

/// A facility as an officer writes it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: Kind,
    /// 9 digits.
    pub division: String,
    /// Address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// Number of the approval.
    pub approval: String,
    /// Its day.
    pub approved_on: Date,
    /// Land.
    pub land_m2: i32,
    /// Of it, green.
    pub green_m2: i32,
    /// Whom it serves; empty: the county.
    pub serves: Vec<String>,
    /// Things and how many.
    pub equipment: Vec<(String, i32)>,
    /// First day; none while it is being built.
    pub opened_on: Option<Date>,
    /// Still there.
    pub active: bool,
}

/// Rules of the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// A new profit-making one may be approved.
    pub new_commercial: bool,
}

impl Limits {
    /// As in force here on the day of the approval.
    ///
    /// # Errors
    /// The parameter is missing.
    pub fn load(cx: &Context<'_>, approved_on: Date) -> Result<Self, ParamError> {
        let rule = cx.rule_on("burial.facility.new_commercial", approved_on)?;
        Ok(Self {
            new_commercial: rule.flag()?,
        })
    }
}

/// What is wrong; nothing: it may be saved.
#[must_use]
pub fn violations(draft: &Draft, limits: Limits, today: Date) -> Vec<FieldViolation> {
    let mut found: Vec<FieldViolation> = [
        filled(&draft.name, "/facility/name", "请填写设施名称。"),
        filled(&draft.address, "/facility/address", "请填写地址。"),
        filled(
            &draft.phone,
            "/facility/phone",
            "请填写联系电话，家属要打这个电话。",
        ),
        filled(
            &draft.approval,
            "/facility/approval",
            "请填写批准文号；没有批准的设施不能登记。",
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut wrong = |at: &str, code: &'static str, message: &str| {
        found.push(FieldViolation::new(at, code, message));
    };
    let township = division::find(&draft.division).is_some_and(|one| one.level == Level::Township);
    if !township {
        let message = "请选择设施所在的乡镇（街道）。";
        wrong("/facility/division", "DIVISION_UNKNOWN", message);
    }
    if draft.approved_on > today {
        let message = "批准日期晚于今天，请核对。";
        wrong("/facility/approved_on", "FUTURE", message);
    }
    if draft
        .opened_on
        .is_some_and(|opened| opened < draft.approved_on)
    {
        let message = "启用日期早于批准日期，请核对。";
        wrong("/facility/opened_on", "BEFORE_APPROVAL", message);
    }
    if draft.kind == Kind::Commercial && !limits.new_commercial {
        let message =
            "2026年3月30日起不得新设营利性殡葬服务机构（国令824号），请按公益性设施建设。";
        wrong("/facility/kind", "NO_NEW_COMMERCIAL", message);
    }
    if draft.land_m2 < 1 {
        let message = "请填写占地面积（平方米）。";
        wrong("/facility/land_m2", "REQUIRED", message);
    }
    if draft.green_m2 < 0 || draft.green_m2 > draft.land_m2 {
        let message = "绿地面积不能超过占地面积。";
        wrong("/facility/green_m2", "OUT_OF_RANGE", message);
    }
    let county = draft.division.get(..6).unwrap_or("-");
    let served = |code: &String| {
        code.starts_with(county)
            && division::find(code).is_some_and(|one| one.level >= Level::Township)
    };
    if !draft.serves.iter().all(served) {
        let message = "服务范围只能选本县（市、区）的乡镇（街道）和村（社区）。";
        wrong("/facility/serves", "DIVISION_UNKNOWN", message);
    }
    if draft
        .equipment
        .iter()
        .any(|(name, count)| name.trim().is_empty() || *count < 1)
    {
        let message = "请填写设备名称和数量。";
        wrong("/facility/equipment", "REQUIRED", message);
    }
    found
}
