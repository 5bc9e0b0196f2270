//! Which family may foster a child (家庭寄养管理办法，民政部令第54号; rules B2.11).

use jiff::civil::Date;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::time::{Month, month_of};

use crate::domain::adoption::law::full_years;

yiwang_casework::code_list! {
    /// Schooling of the main carer.
    Schooling {
        Primary = "primary", "小学及以下";
        Junior = "junior", "初中";
        Senior = "senior", "高中、中专";
        College = "college", "大专以上";
    }
}

/// The last month whose fee is due: a month is paid when it is over, on the pay day of the next.
#[must_use]
pub fn last_month(today: Date, pay_day: Date) -> Month {
    let before = if pay_day <= today { -1 } else { -2 };
    month_of(today).plus(before)
}

/// The family as papers and visit show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Home {
    /// Household and home are in this county.
    pub local: bool,
    /// Day of birth of the main carer.
    pub carer_born: Date,
    /// Schooling.
    pub schooling: Schooling,
    /// Square metres per head with the child.
    pub area: u32,
    /// Yuan per head and month.
    pub income: u32,
    /// Foster children there already.
    pub fostered: u32,
    /// Age of the youngest child of their own; none: no child.
    pub youngest: Option<u32>,
    /// Nobody there has an infectious or mental disease.
    pub healthy: bool,
    /// Nobody there has a crime record or bad habits.
    pub clean: bool,
    /// All of the family agree.
    pub agreed: bool,
    /// The carer is barred (未成年人保护法第22条).
    pub barred: bool,
}

/// Numbers of the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Least age of the carer.
    pub age_least: u32,
    /// Greatest age of the carer.
    pub age_most: u32,
    /// Most foster children.
    pub children: u32,
    /// No own child is younger.
    pub own_child: u32,
    /// Square metres.
    pub area: u32,
    /// Yuan.
    pub income: u32,
}

impl Home {
    /// What is wrong, all at once.
    #[must_use]
    pub fn wrong(&self, limits: Limits, on: Date) -> Vec<FieldViolation> {
        let age = full_years(self.carer_born, on);
        let of_age = (limits.age_least..=limits.age_most).contains(&age);
        let young = self.youngest.is_some_and(|age| age < limits.own_child);
        let checks = [
            (
                !self.barred,
                "/carer",
                "CARER_BARRED",
                "主要照料人被限制接触未成年人，不能寄养".to_owned(),
            ),
            (
                self.local,
                "/division",
                "NOT_LOCAL",
                "家庭要有本地户口和固定住所".to_owned(),
            ),
            (
                of_age,
                "/carer/id_number",
                "CARER_AGE",
                format!(
                    "主要照料人要{}周岁到{}周岁",
                    limits.age_least, limits.age_most
                ),
            ),
            (
                self.schooling != Schooling::Primary,
                "/schooling",
                "SCHOOLING_LOW",
                "主要照料人要有初中以上文化程度".to_owned(),
            ),
            (
                self.area >= limits.area,
                "/area",
                "HOUSING_SMALL",
                format!("寄养后人均居住面积不低于当地人均{}平方米", limits.area),
            ),
            (
                self.income >= limits.income,
                "/income",
                "INCOME_LOW",
                format!("人均收入不低于当地中等水平（每月{}元）", limits.income),
            ),
            (
                self.fostered < limits.children,
                "/fostered",
                "TOO_MANY",
                format!("每个家庭寄养儿童不超过{}人", limits.children),
            ),
            (
                !young,
                "/youngest",
                "OWN_CHILD_YOUNG",
                format!("家里不能有未满{}周岁的子女", limits.own_child),
            ),
            (
                self.healthy,
                "/healthy",
                "DISEASE",
                "家庭成员不能有传染病、精神障碍等".to_owned(),
            ),
            (
                self.clean,
                "/clean",
                "CRIME_RECORD",
                "家庭成员不能有犯罪记录、不良嗜好".to_owned(),
            ),
            (
                self.agreed,
                "/agreed",
                "FAMILY_DISAGREES",
                "家庭成员都要同意".to_owned(),
            ),
        ];
        let wrong = checks.into_iter().filter(|(holds, ..)| !holds);
        wrong
            .map(|(_, at, code, message)| FieldViolation::new(at, code, message))
            .collect()
    }
}
