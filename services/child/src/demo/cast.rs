//! Who acts in the demonstration, and people who do not exist.

use jiff::{Timestamp, ToSpan as _};
use yiwang_casework::past::Who;
use yiwang_chassis::identity::Role;
use yiwang_civic::{citizen_id::completed, time::beijing_date};

/// `child1`, director of 虎山村.
pub(super) const LI: Who = Who::officer(
    0x9265_3723_8903_8078_83f2_cda3_b9ca_a47e,
    "李秀英",
    Role::ChildWorker,
    HUSHAN,
);
/// `child1b`, director of 窑沟村.
pub(super) const WANG: Who = Who::officer(
    0x7e26_ef5e_8b0e_85b9_af6e_0d6b_db6e_f032,
    "王桂芳",
    Role::ChildWorker,
    YAOGOU,
);
/// `childs`, supervisor of 城关镇.
pub(super) const ZHAO: Who = Who::officer(
    0x1087_1ae0_4e10_826d_b9a8_289a_31e1_6460,
    "赵海燕",
    Role::ChildSupervisor,
    CHENGGUAN,
);
/// `childc`, 竹山县.
pub(super) const XU: Who = Who::officer(
    0xac17_cc40_e73f_8727_b778_f982_81d2_7c2f,
    "许文清",
    Role::ChildCounty,
    ZHUSHAN,
);
/// `childc2`, 竹山县.
pub(super) const FANG: Who = Who::officer(
    0xd5b9_31df_f77d_8c40_a0a9_882e_a0f0_e7f3,
    "方志明",
    Role::ChildCounty,
    ZHUSHAN,
);
/// `childcentre`, 竹山县.
pub(super) const TIAN: Who = Who::officer(
    0x4a83_dc5c_0e19_8f25_a6b8_a81c_e986_c7e9,
    "田晓燕",
    Role::ChildCentre,
    ZHUSHAN,
);
/// `welfare`, 竹山县.
pub(super) const GUO: Who = Who::officer(
    0x766f_7511_b8be_89c7_971e_c522_1a96_2c99,
    "郭丽萍",
    Role::WelfareHome,
    ZHUSHAN,
);
/// `township`, 城关镇.
pub(super) const CHEN: Who = Who::officer(
    0xf54f_99a8_176b_875e_a046_e029_3bc8_495a,
    "陈志强",
    Role::TownshipOfficer,
    CHENGGUAN,
);

/// Logins and account ids, for a comparison with the gateway.
pub const ACCOUNTS: [(&str, u128); 8] = [
    ("child1", LI.account),
    ("child1b", WANG.account),
    ("childs", ZHAO.account),
    ("childc", XU.account),
    ("childc2", FANG.account),
    ("childcentre", TIAN.account),
    ("welfare", GUO.account),
    ("township", CHEN.account),
];

/// 竹山县.
pub(super) const ZHUSHAN: &str = "420323";
/// 城关镇.
pub(super) const CHENGGUAN: &str = "420323100";
/// 窑沟村.
pub(super) const YAOGOU: &str = "420323100201";
/// 虎山村.
pub(super) const HUSHAN: &str = "420323100202";

/// Somebody who signs in with a number, with or without an account of the sign-in page.
pub(super) fn citizen(name: &'static str, number: &str) -> Who {
    Who::citizen(0xD0_0000, name, number)
}

/// A right number of nobody in 竹山县: born `YYYYMMDD`; an odd sequence is a man's.
pub(super) fn number(born: &str, sequence: u32) -> String {
    completed(&format!("{ZHUSHAN}{born}{sequence:03}")).unwrap_or_default()
}

/// The number of somebody who is so many years and months old.
pub(super) fn aged(now: Timestamp, years: i32, months: i32, sequence: u32) -> String {
    let born = beijing_date(now)
        .saturating_sub(years.years())
        .saturating_sub(months.months());
    number(&born.strftime("%Y%m%d").to_string(), sequence)
}

#[cfg(test)]
mod tests {
    use yiwang_civic::citizen_id::CitizenId;

    use super::*;

    #[test]
    fn a_made_up_number_is_a_right_one_of_that_age() {
        let now: Timestamp = "2026-11-29T04:00:00Z".parse().unwrap();
        let id: CitizenId = aged(now, 9, 2, 402).parse().unwrap();
        assert_eq!(id.age_on(beijing_date(now)), 9);
        assert_eq!(id.sex(), yiwang_civic::citizen_id::Sex::Female);
    }
}
