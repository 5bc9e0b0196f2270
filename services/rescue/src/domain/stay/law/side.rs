//! Women, minors and men lie apart (rules C5.8).

use super::super::words::Sign;

yiwang_casework::code_list! {
    /// Who may be in a place.
    Side {
        Men = "men", "男";
        Women = "women", "女";
        Minors = "minors", "未成年人";
        Any = "any", "不分";
    }
}

impl Side {
    /// Where a person belongs.
    #[must_use]
    pub fn of(sex: &str, minor: bool) -> Self {
        match (minor, sex) {
            (true, _) => Self::Minors,
            (false, "female") => Self::Women,
            (false, _) => Self::Men,
        }
    }

    /// Whether somebody of `other` may be here.
    #[must_use]
    pub fn takes(self, other: Self) -> bool {
        self == Self::Any || self == other
    }
}

/// Whoever may be infectious does not lie with others: hospital, or a place for anybody alone.
#[must_use]
pub fn apart(signs: &[Sign]) -> bool {
    signs.contains(&Sign::Infectious)
}
