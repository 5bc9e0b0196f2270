//! Yearly plan, coverage and report of a county (rules B3.11, F14): so many public cemeteries,
//! so many of them new, no village without one.

use std::collections::BTreeSet;

use yiwang_casework::{Context, Refusal};
use yiwang_civic::{
    division::{self, Division, Level},
    money::Ratio,
    params::ParamError,
};

use super::{
    desk::at_field,
    rate::{percent, share},
};

/// Numbers in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Targets {
    /// Share of the plan that is new each year.
    pub new_share: Ratio,
    /// Share of villages that are served.
    pub coverage: Ratio,
    /// Years of burials for which there is room; 0: no rule.
    pub capacity_years: u32,
}

impl Targets {
    /// As in force here today.
    ///
    /// # Errors
    /// A parameter is missing.
    pub fn load(cx: &Context<'_>) -> Result<Self, ParamError> {
        Ok(Self {
            new_share: cx.rule("burial.plan.new_share")?.ratio()?,
            coverage: cx.rule("burial.plan.coverage")?.ratio()?,
            capacity_years: cx.rule("burial.plan.capacity_years")?.count()?,
        })
    }

    /// Fewest new ones for a plan of `total`; a part of one is one.
    #[must_use]
    pub fn least_new(&self, total: u32) -> u32 {
        let (num, den) = self.new_share.parts();
        let wanted = (i128::from(total) * i128::from(num) + i128::from(den) - 1) / i128::from(den);
        u32::try_from(wanted.max(0)).unwrap_or(u32::MAX)
    }

    /// Whether a plan may be saved.
    ///
    /// # Errors
    /// `TARGET_TOO_LOW`, `TARGET_ABOVE_TOTAL`.
    pub fn may_plan(&self, total: u32, new: u32) -> Result<(), Refusal> {
        let least = self.least_new(total);
        if new > total {
            let message = "当年新建数不能超过规划总数，请核对。";
            return Err(at_field("TARGET_ABOVE_TOTAL", "/target_new", message));
        }
        if new < least {
            let (num, den) = self.new_share.parts();
            let message = format!(
                "每年新建数不得低于规划总数的{}：规划{total}处的，当年至少新建{least}处。",
                percent(share(num, den))
            );
            return Err(at_field("TARGET_TOO_LOW", "/target_new", message));
        }
        Ok(())
    }

    /// Whether the coverage is what it must be.
    #[must_use]
    pub fn covered(&self, coverage: &Coverage) -> bool {
        let (num, den) = self.coverage.parts();
        i128::from(coverage.covered()) * i128::from(den)
            >= i128::from(coverage.units()) * i128::from(num)
    }
}

/// A public cemetery or columbarium that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Public {
    /// 9 digits.
    pub division: String,
    /// Codes of villages or townships; empty: its county.
    pub serves: Vec<String>,
}

/// A township with how much of it is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Township {
    /// The township.
    pub place: Division,
    /// Its villages; itself where the table has none below it.
    pub units: u32,
    /// Of these, served.
    pub covered: u32,
}

/// Coverage of a county.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Townships in order.
    pub townships: Vec<Township>,
    /// Villages that nothing serves.
    pub uncovered: Vec<Division>,
}

impl Coverage {
    /// Villages in all.
    #[must_use]
    pub fn units(&self) -> u32 {
        self.townships.iter().map(|one| one.units).sum()
    }

    /// Of these, served.
    #[must_use]
    pub fn covered(&self) -> u32 {
        self.townships.iter().map(|one| one.covered).sum()
    }

    /// In ten-thousandths; rounded down, so that 100 % is all of them.
    #[must_use]
    pub fn share(&self) -> i32 {
        let (covered, units) = (u64::from(self.covered()), u64::from(self.units()));
        let share = (covered * 10_000).checked_div(units).unwrap_or(0);
        i32::try_from(share).unwrap_or(0)
    }
}

/// Coverage of the county with these six digits against the table of divisions.
#[must_use]
pub fn coverage(county: &str, facilities: &[Public]) -> Coverage {
    let served: BTreeSet<&str> = facilities
        .iter()
        .flat_map(|one| {
            let own = one.division.get(..6).filter(|_| one.serves.is_empty());
            own.into_iter().chain(one.serves.iter().map(String::as_str))
        })
        .collect();
    let is_served = |code: &str| {
        [6, 9, 12]
            .iter()
            .any(|len| code.get(..*len).is_some_and(|part| served.contains(part)))
    };
    let mut found = Coverage::default();
    let townships = division::children(county);
    for place in townships
        .into_iter()
        .filter(|one| one.level == Level::Township)
    {
        let mut units = division::children(place.code);
        if units.is_empty() {
            units.push(place);
        }
        let missing: Vec<Division> = units
            .iter()
            .filter(|unit| !is_served(unit.code))
            .copied()
            .collect();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        found.townships.push(Township {
            place,
            units: count(units.len()),
            covered: count(units.len() - missing.len()),
        });
        found.uncovered.extend(missing);
    }
    found
}

/// Years for which there is room, by the deaths of a year.
#[must_use]
pub fn years_of_room(free: i64, deaths_a_year: i64) -> u32 {
    let years = free.max(0).checked_div(deaths_a_year).unwrap_or(0);
    u32::try_from(years).unwrap_or(0)
}

/// What the yearly report says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Numbers {
    /// Name of the county.
    pub county: String,
    /// Year.
    pub year: i16,
    /// Planned in all.
    pub total: u32,
    /// New ones of the plan.
    pub target_new: u32,
    /// New ones that opened.
    pub built: u32,
    /// Open facilities of all kinds.
    pub facilities: u32,
    /// Their land.
    pub land_m2: i64,
    /// Of it, green.
    pub green_m2: i64,
    /// Villages.
    pub units: u32,
    /// Of these, served.
    pub covered: u32,
    /// In ten-thousandths.
    pub coverage: i32,
    /// Names of those that are not served.
    pub uncovered: Vec<String>,
    /// Deaths of the year, as known on the day of the report.
    pub deaths: i64,
    /// Of these, cremated.
    pub cremated: i64,
    /// In ten-thousandths.
    pub rate: i32,
    /// In the cremation area.
    pub area_rate: i32,
    /// Persons whose basic services were waived.
    pub waivers: i64,
    /// What that came to.
    pub waived_fen: i64,
    /// Urns laid to rest.
    pub placed: i64,
    /// Of these, ecologically.
    pub ecological: i64,
    /// Free places.
    pub free: i64,
    /// Illegal graves put in order.
    pub graves_closed: i64,
    /// Inspections by lot.
    pub draws: i64,
    /// Day of the report.
    pub on: String,
}

/// The yearly report 年度报告 as a document.
#[must_use]
pub fn report(n: &Numbers) -> String {
    let reached = if n.built >= n.target_new {
        "已完成"
    } else {
        "未完成"
    };
    let missing = match n.uncovered.as_slice() {
        [] => "村（社区）已全部覆盖。".to_owned(),
        names if names.len() <= 30 => format!("尚未覆盖：{}。", names.join("、")),
        names => {
            let shown = names.get(..30).unwrap_or_default().join("、");
            format!("尚未覆盖{}个，包括：{shown}等。", names.len())
        }
    };
    let yuan = yiwang_civic::money::Fen(n.waived_fen).yuan();
    let lines = [
        format!("{}{}年度殡葬设施建设和管理报告", n.county, n.year),
        format!(
            "一、规划。规划公益性安葬（放）设施{}处，当年计划新建{}处，建成启用{}处，{reached}年度目标。",
            n.total, n.target_new, n.built
        ),
        format!(
            "二、设施。现有殡葬设施{}处，占地{}平方米，其中绿地{}平方米；剩余可用位置{}个。",
            n.facilities, n.land_m2, n.green_m2, n.free
        ),
        format!(
            "三、覆盖。{}个村（社区）中，公益性设施已覆盖{}个，覆盖率{}。{missing}",
            n.units,
            n.covered,
            percent(n.coverage)
        ),
        format!(
            "四、火化。当年死亡{}人，火化{}人，火化率{}；火葬区火化率{}（少数民族按规定不计入）。",
            n.deaths,
            n.cremated,
            percent(n.rate),
            percent(n.area_rate)
        ),
        format!("五、惠民。减免基本服务费{}人，共{yuan}元。", n.waivers),
        format!(
            "六、安葬。骨灰安放（葬）{}人，其中节地生态安葬{}人，占{}。",
            n.placed,
            n.ecological,
            percent(share(n.ecological, n.placed))
        ),
        format!(
            "七、监管。整治散埋乱葬等销号{}处，双随机抽查{}次。",
            n.graves_closed, n.draws
        ),
        format!(
            "数据截至{}；以后补报的死亡登记另行列为修订，不改动本报告。",
            n.on
        ),
    ];
    lines.join("\n")
}
