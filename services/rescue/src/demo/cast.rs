//! Who acts in the demonstration.

use yiwang_casework::past::Who;
use yiwang_chassis::identity::Role;
use yiwang_civic::citizen_id::completed;

/// `rescue1`.
pub(super) const LIU: Who = Who::officer(
    0xddfd_8ddc_4217_87db_b3f7_43e9_5f88_ccc3,
    "刘春生",
    Role::Station,
    "421202",
);
/// `rescue2`.
pub(super) const YANG: Who = Who::officer(
    0xd9b1_9b9a_e7e7_8916_8218_3c53_085b_a094,
    "杨秀梅",
    Role::Station,
    "421202",
);
/// `rescue3`, 汉滨.
pub(super) const CHEN: Who = Who::officer(
    0x24f2_8900_796b_8544_a1c9_3c74_675a_b0f2,
    "陈建民",
    Role::Station,
    "610902",
);
/// `rescuec`.
pub(super) const XU: Who = Who::officer(
    0xb984_0037_c209_872f_bbf6_367a_cf4a_1dd5,
    "许丽华",
    Role::CountyOfficer,
    "421202",
);
/// `township`, 城关镇 of 竹山.
pub(super) const ZHIQIANG: Who = Who::officer(
    0xf54f_99a8_176b_875e_a046_e029_3bc8_495a,
    "陈志强",
    Role::TownshipOfficer,
    "420323100",
);
/// `township3`, 溢水镇.
pub(super) const GAO: Who = Who::officer(
    0xbfd9_be96_dfbd_8e67_a013_ffe1_8e98_4716,
    "高磊",
    Role::TownshipOfficer,
    "420323101",
);
/// `county`, 竹山.
pub(super) const ZHOU: Who = Who::officer(
    0x414d_7114_601d_8d71_a913_fe4b_28f2_ba09,
    "周立新",
    Role::CountyOfficer,
    "420323",
);

/// An officer of a county without an account on the sign-in page.
pub(super) const fn county(nth: u128, name: &'static str, division: &'static str) -> Who {
    Who::officer(0xD0_0000 + nth, name, Role::CountyOfficer, division)
}

/// Logins and account ids, for a comparison with the gateway.
pub const ACCOUNTS: [(&str, u128); 7] = [
    ("rescue1", LIU.account),
    ("rescue2", YANG.account),
    ("rescue3", CHEN.account),
    ("rescuec", XU.account),
    ("township", ZHIQIANG.account),
    ("township3", GAO.account),
    ("county", ZHOU.account),
];

/// A right citizen number (GB 11643) of nobody: division, birth, sequence.
pub(super) fn citizen(division: &str, born: &str, sequence: u32) -> String {
    completed(&format!("{division}{born}{sequence:03}")).unwrap_or_default()
}
