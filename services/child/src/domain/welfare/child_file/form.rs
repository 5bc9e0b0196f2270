//! The child as the village registers it (rules B4.1).

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::{Context, Person};
use yiwang_chassis::fault::FieldViolation;

use super::away::Away;
use crate::domain::{
    desk::filled,
    family::{Carer, Child, Family, Parent},
    fields::{DayOrNone, DivisionCode, HiddenText, HomeAddress, LongText, ShortText},
    welfare::{
        law::{self, Ages, ParentAway},
        words::{Guardianship, Kind, Level, Living, Need, Overlay},
    },
};

/// The form.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "儿童关爱服务档案", description = "")]
pub struct Form {
    /// Kind.
    #[schemars(title = "档案类型", description = "同时符合的，选困境儿童，另外勾选留守、流动。", extend("x-step" = "儿童"))]
    pub kind: Kind,
    /// The child.
    #[schemars(title = "儿童", description = "", extend("x-step" = "儿童"))]
    pub child: Child,
    /// Household; empty: none yet.
    #[serde(default)]
    #[schemars(title = "户籍地", description = "还没有上户口的不填。", with = "DivisionCode", extend("x-step" = "儿童"))]
    pub household: String,
    /// Address.
    #[schemars(title = "现在住哪里", description = "写到村组、门牌，上门时找得到。", with = "HomeAddress", extend("x-step" = "儿童"))]
    pub address: String,
    /// Since when a migrant child is here.
    #[serde(default)]
    #[schemars(title = "从哪天起住在这里", description = "流动儿童填写。", with = "DayOrNone", extend("x-step" = "儿童"))]
    pub here_since: String,
    /// Boards.
    #[serde(default)]
    #[schemars(title = "住校", description = "", extend("x-step" = "儿童"))]
    pub boarding: bool,
    /// Health, disability, mind.
    #[serde(default)]
    #[schemars(title = "健康、残疾、心理情况", description = "", with = "HiddenText", extend("x-step" = "儿童"))]
    pub health: String,
    /// Doctor.
    #[serde(default)]
    #[schemars(title = "签约医生", description = "村医、家庭医生的姓名和电话。", with = "ShortText", extend("x-step" = "儿童"))]
    pub doctor: String,
    /// Father.
    #[schemars(title = "父亲", description = "", extend("x-step" = "父母"))]
    pub father: Parent,
    /// Where he works.
    #[serde(default)]
    #[schemars(title = "父亲外出情况", description = "", extend("x-step" = "父母"))]
    pub father_away: Away,
    /// Mother.
    #[schemars(title = "母亲", description = "", extend("x-step" = "父母"))]
    pub mother: Parent,
    /// Where she works.
    #[serde(default)]
    #[schemars(title = "母亲外出情况", description = "", extend("x-step" = "父母"))]
    pub mother_away: Away,
    /// Guardian in fact.
    #[schemars(title = "实际由谁监护", description = "", extend("x-step" = "照护"))]
    pub guardianship: Guardianship,
    /// Who cares.
    #[schemars(title = "照护人", description = "父母自己照护的不填。", extend("x-step" = "照护"))]
    pub carer: Carer,
    /// With whom.
    #[schemars(title = "现在的生活", description = "", extend("x-step" = "照护"))]
    pub living: Living,
    /// Hardship.
    #[serde(default)]
    #[schemars(title = "困境类别", description = "可以多选。", extend("x-step" = "情况", "uniqueItems" = true))]
    pub needs: Vec<Need>,
    /// What lies over it.
    #[serde(default)]
    #[schemars(title = "其他情况", description = "可以多选。", extend("x-step" = "情况", "uniqueItems" = true))]
    pub overlays: Vec<Overlay>,
    /// Level.
    #[schemars(title = "风险等级", description = "", extend("x-step" = "情况"))]
    pub level: Level,
    /// Why.
    #[schemars(title = "评定等级的理由", description = "", with = "LongText", extend("x-step" = "情况"))]
    pub level_reasons: String,
    /// How it was found.
    #[schemars(title = "怎么发现的", description = "", with = "ShortText", extend("x-step" = "情况"))]
    pub found: String,
}

impl Form {
    /// Everybody with a number; nobody when the child has none: the first of them is whose case it is.
    pub(super) fn people(&self) -> Vec<Person> {
        let Some(child) = self.child.person() else {
            return Vec::new();
        };
        let others = [
            self.father.person("father"),
            self.mother.person("mother"),
            self.carer.person(),
        ];
        std::iter::once(child)
            .chain(others.into_iter().flatten())
            .collect()
    }

    /// The family in `division`.
    #[must_use]
    pub fn family(&self, division: &str) -> Family {
        Family {
            child: self.child.clone(),
            father: self.father.clone(),
            mother: self.mother.clone(),
            carer: self.carer.clone(),
            division: division.to_owned(),
        }
    }

    /// Whole years on a day; none: nobody knows the day of birth.
    #[must_use]
    pub fn age(&self, day: Date) -> Option<u32> {
        self.child.birth().map(|born| law::age_on(born, day))
    }

    /// Both parents as the definition looks at them.
    #[must_use]
    pub fn parents(&self, county: &str) -> [ParentAway; 2] {
        let parent = |parent: &Parent, away: &Away| ParentAway {
            state: parent.state,
            since: away.beyond(county),
        };
        [
            parent(&self.father, &self.father_away),
            parent(&self.mother, &self.mother_away),
        ]
    }

    /// What is wrong with what was typed.
    pub(super) fn violations(&self, cx: &Context<'_>, ages: &Ages) -> Vec<FieldViolation> {
        let empty = [
            filled(&self.child.name, "/child/name", "请填写儿童姓名。"),
            filled(
                &self.address,
                "/address",
                "请填写现在住哪里，上门时要找得到。",
            ),
            filled(
                &self.level_reasons,
                "/level_reasons",
                "请写明评定风险等级的理由。",
            ),
            filled(
                &self.found,
                "/found",
                "请写明怎么发现的，例如摸底排查、邻居反映。",
            ),
        ];
        let mut found: Vec<_> = empty.into_iter().flatten().collect();
        let mut wrong = |at: &str, code: &'static str, message: &str| {
            found.push(FieldViolation::new(at, code, message));
        };
        self.of_child(cx, ages, &mut wrong);
        for (carer, at) in [
            (&self.carer.id_number, "/carer/id_number"),
            (&self.father.id_number, "/father/id_number"),
            (&self.mother.id_number, "/mother/id_number"),
        ] {
            let wrong_number = !carer.trim().is_empty()
                && carer
                    .trim()
                    .parse::<yiwang_civic::citizen_id::CitizenId>()
                    .is_err();
            if wrong_number {
                wrong(at, "ID_NUMBER", "身份证号有误，请核对；不知道的不填。");
            }
        }
        self.of_kind(cx, ages, &mut wrong);
        if law::is_high(&self.needs, self.living) && self.level != Level::High {
            wrong(
                "/level",
                "LEVEL_TOO_LOW",
                "遭受虐待、遗弃、不法侵害，或者无人看护、独自生活的，应当评为高风险。",
            );
        }
        found
    }

    /// Number and birth of the child.
    fn of_child(
        &self,
        cx: &Context<'_>,
        ages: &Ages,
        wrong: &mut impl FnMut(&str, &'static str, &str),
    ) {
        let number = self.child.id_number.trim();
        if !number.is_empty() && self.child.id().is_none() {
            wrong(
                "/child/id_number",
                "ID_NUMBER",
                "身份证号有误，请核对后重新填写。",
            );
        }
        match self.child.birth() {
            None => wrong(
                "/child/born_on",
                "REQUIRED",
                "没有身份证号的，请填写出生日期；不清楚的填估计的日期。",
            ),
            Some(born) if born > cx.today() => {
                wrong("/child/born_on", "IN_FUTURE", "出生日期不能晚于今天。");
            }
            Some(born) if law::age_on(born, cx.today()) >= ages.end(self.kind) => {
                let message = format!(
                    "已经年满{}周岁，不属于{}。",
                    ages.end(self.kind),
                    self.kind.label()
                );
                wrong("/kind", "TOO_OLD", &message);
            }
            Some(_) => {}
        }
        if number.is_empty() && !self.overlays.contains(&Overlay::NoHousehold) {
            wrong(
                "/overlays",
                "NO_HOUSEHOLD",
                "没有身份证号的，请勾选“无户籍”，并帮助落实户籍。",
            );
        }
    }

    /// The definition of its kind.
    fn of_kind(
        &self,
        cx: &Context<'_>,
        ages: &Ages,
        wrong: &mut impl FnMut(&str, &'static str, &str),
    ) {
        match self.kind {
            Kind::Hardship if !law::is_in_hardship(&self.needs, &self.overlays) => {
                wrong(
                    "/needs",
                    "NOT_IN_HARDSHIP",
                    "请至少选一项困境类别；没有困境的，不建困境儿童档案。",
                );
            }
            Kind::LeftBehind
                if !law::is_left_behind(self.parents(cx.county), cx.today(), ages.away_months) =>
            {
                let message = format!(
                    "留守儿童是父母都跨县外出满{0}个月，或者一方外出满{0}个月、另一方没有监护能力的，\
                     请核对父母情况和外出时间。",
                    ages.away_months
                );
                wrong("/kind", "NOT_LEFT_BEHIND", &message);
            }
            Kind::Migrant => {
                let since = self.here_since.trim().parse().ok();
                let household = self.household.trim();
                if !law::is_migrant(household, cx.division, since, cx.today(), ages.away_months) {
                    let message = format!(
                        "流动儿童是随父母离开户籍县、在这里住满{}个月的，在流入地登记。\
                         请核对户籍地和来这里的日期。",
                        ages.away_months
                    );
                    wrong("/kind", "NOT_MIGRANT", &message);
                }
            }
            _ => {}
        }
    }
}
