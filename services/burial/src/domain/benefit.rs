//! 惠民殡葬 waivers and the ecological subsidy: what a region gives by its dated parameters
//! (rules B3.6, B3.7), each once for a dead person, in all counties.

use jiff::civil::Date;
use yiwang_civic::{
    division,
    money::Fen,
    params::{Param, ParamError, RuleBook, Value},
};

use super::{bill::Quantity, wish::yuan};

mod allowances;

pub use self::allowances::{Allowances, PaidItem, refundable};

yiwang_casework::code_list! {
    /// Groups that many regions help beyond others.
    Group {
        Minimum = "minimum", "最低生活保障对象";
        Destitute = "destitute", "特困人员";
        Veteran = "veteran", "优抚对象";
        Disabled = "disabled", "重度残疾人";
        Centenarian = "centenarian", "百岁老人";
        Nameless = "nameless", "无名遗体";
        Homeless = "homeless", "流浪乞讨人员、弃婴";
    }
}

yiwang_casework::code_list! {
    /// Ecological forms that are subsidised.
    EcoForm {
        Tree = "tree", "树葬";
        Flower = "flower", "花坛葬";
        Lawn = "lawn", "草坪葬";
        Wall = "wall", "壁葬";
        Tower = "tower", "塔葬";
        Sea = "sea", "海葬";
        River = "river", "江葬";
        Scatter = "scatter", "撒散（不保留骨灰）";
        Deep = "deep", "深埋不留坟头";
    }
}

/// Whom a region waives for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody cremated there.
    Cremated,
    /// Whoever has the household registration there.
    Resident,
    /// Only the groups it names.
    Groups,
}

/// The dead person, as waivers ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deceased<'a> {
    /// Household registration, six or nine digits; empty when not known.
    pub household: &'a str,
    /// Group, when in one.
    pub group: Option<Group>,
    /// Cremated in the region itself.
    pub cremated_here: bool,
}

/// What one item of a region covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// What it is.
    pub title: String,
    /// Codes of the list it covers, together.
    pub codes: Vec<String>,
    /// Units at most; none: no limit.
    pub quantity: Option<Quantity>,
    /// Fen at most; none: no limit.
    pub fen: Option<i64>,
    /// Only for these groups; empty: whomever the region waives for.
    pub groups: Vec<Group>,
}

/// The waivers of a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waivers {
    /// Region.
    pub division: String,
    /// For whom.
    pub who: Who,
    /// Groups that have them too, wherever registered.
    pub groups: Vec<Group>,
    /// Items.
    pub items: Vec<Waiver>,
    /// Fen at most over all items.
    pub total: Option<i64>,
    /// Where it stands.
    pub source: String,
    /// Somebody has read the text.
    pub verified: bool,
    /// Version of the parameter, kept with decisions.
    pub version: String,
}

/// Id of the parameter.
const WAIVERS: &str = "burial.waiver";

impl Waivers {
    /// What the region around `division` waives that day.
    ///
    /// # Errors
    /// The parameter is missing or malformed.
    pub fn load(rules: &RuleBook, division: &str, on: Date) -> Result<Self, ParamError> {
        let param = rules.lookup(WAIVERS, division, on)?;
        let malformed = || ParamError::Type {
            version: param.version(),
            expected: "waivers",
        };
        Self::read(param).ok_or_else(malformed)
    }

    fn read(param: &Param) -> Option<Self> {
        let table = param.value.table()?;
        let who = match table.get("who")?.text()? {
            "cremated" => Who::Cremated,
            "resident" => Who::Resident,
            "groups" => Who::Groups,
            _ => return None,
        };
        let total = match table.get("total") {
            Some(value) => Some(value.fen()?.0),
            None => None,
        };
        let items = match table.get("items") {
            Some(items) => items.list()?.iter().map(item).collect::<Option<_>>()?,
            None => Vec::new(),
        };
        Some(Self {
            division: param.division.clone(),
            who,
            groups: groups(table.get("groups"))?,
            items,
            total,
            source: param.source.clone(),
            verified: param.verified,
            version: param.version(),
        })
    }

    /// The items this dead person has.
    #[must_use]
    pub fn of(&self, dead: Deceased<'_>) -> Vec<Waiver> {
        let home =
            !dead.household.is_empty() && division::is_within(dead.household, &self.division);
        let in_group = |groups: &[Group]| dead.group.is_some_and(|own| groups.contains(&own));
        let everybody = match self.who {
            Who::Cremated => dead.cremated_here || home,
            Who::Resident => home,
            Who::Groups => false,
        };
        let open = everybody || in_group(&self.groups);
        let has = |item: &&Waiver| match item.groups.as_slice() {
            [] => open,
            groups => in_group(groups),
        };
        self.items.iter().filter(has).cloned().collect()
    }

    /// How many units of an item of the list are free for this dead person.
    #[must_use]
    pub fn free_units(&self, dead: Deceased<'_>, code: &str) -> u32 {
        let items = self.of(dead).into_iter();
        let covers = items.filter(|item| item.codes.iter().any(|one| one == code));
        let most = covers.filter_map(|item| item.quantity).max();
        most.map_or(0, |most| u32::try_from(most.0 / 100).unwrap_or(0))
    }

    /// For whom, in words.
    #[must_use]
    pub fn for_whom(&self) -> String {
        let groups: Vec<&str> = self.groups.iter().map(|group| group.label()).collect();
        let groups = groups.join("、");
        match (self.who, groups.as_str()) {
            (Who::Cremated, "") => "在本地火化的逝者".to_owned(),
            (Who::Resident, "") => "本地户籍的逝者".to_owned(),
            (Who::Cremated, more) => format!("在本地火化的逝者，以及{more}"),
            (Who::Resident, more) => format!("本地户籍的逝者，以及{more}"),
            (Who::Groups, "") => "本地没有公布减免对象".to_owned(),
            (Who::Groups, groups) => groups.to_owned(),
        }
    }

    /// The limits, in words.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = self.items.iter().map(Waiver::words).collect();
        if let Some(total) = self.total {
            words.push(format!("合计最多减免{}元", yuan(total)));
        }
        words
    }
}

impl Waiver {
    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = self.title.clone();
        if let Some(fen) = self.fen {
            words = format!("{words}，最多{}元", yuan(fen));
        }
        if !self.groups.is_empty() {
            let groups: Vec<&str> = self.groups.iter().map(|group| group.label()).collect();
            words = format!("{words}（{}）", groups.join("、"));
        }
        words
    }
}

fn groups(value: Option<&Value>) -> Option<Vec<Group>> {
    let Some(value) = value else {
        return Some(Vec::new());
    };
    value
        .list()?
        .iter()
        .map(|one| Group::from_code(one.text()?))
        .collect()
}

fn item(value: &Value) -> Option<Waiver> {
    let table = value.table()?;
    let codes = table.get("codes")?.list()?;
    let quantity = match table.get("quantity") {
        Some(value) => Some(Quantity::units(u32::try_from(value.int()?).ok()?)),
        None => None,
    };
    let fen = match table.get("max") {
        Some(value) => Some(value.fen()?.0),
        None => None,
    };
    Some(Waiver {
        title: table.get("title")?.text()?.to_owned(),
        codes: codes
            .iter()
            .map(|code| code.text().map(str::to_owned))
            .collect::<Option<_>>()?,
        quantity,
        fen,
        groups: groups(table.get("groups"))?,
    })
}

/// Id of the parameter of a form.
fn subsidy_id(form: EcoForm) -> String {
    format!("burial.eco_subsidy.{}", form.code())
}

/// What the region pays for this form that day; nothing: it pays none.
///
/// # Errors
/// The parameter is malformed.
pub fn subsidy<'a>(
    rules: &'a RuleBook,
    division: &str,
    form: EcoForm,
    on: Date,
) -> Result<Option<(Fen, &'a Param)>, ParamError> {
    match rules.lookup(&subsidy_id(form), division, on) {
        Err(ParamError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
        Ok(param) => {
            let fen = param.fen()?;
            Ok((fen > Fen::ZERO).then_some((fen, param)))
        }
    }
}
