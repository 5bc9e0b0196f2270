//! Where a child may live, and for how long (未成年人保护法 93, 94, 96).

use yiwang_casework::Refusal;

use crate::domain::{
    desk::at_field,
    protection::words::{HomeReason, LongGround, PlaceKind, TemporaryGround},
};

/// Whether a child under temporary guardianship may live there (未成年人保护法 93; 儿童福利机构
/// 管理办法2026: homes take only some).
///
/// # Errors
/// `HOME_REASON_REQUIRED`, `HOME_NOT_ALLOWED`.
pub fn temporary_place(
    kind: PlaceKind,
    ground: TemporaryGround,
    reason: Option<HomeReason>,
) -> Result<(), Refusal> {
    if kind != PlaceKind::Home {
        return Ok(());
    }
    let at = "/placing/home_reason";
    match reason {
        Some(HomeReason::NoCentre | HomeReason::NeedsCare) => Ok(()),
        Some(HomeReason::Found) if ground == TemporaryGround::Wandering => Ok(()),
        Some(HomeReason::Found) => {
            let message =
                "只有查找不到父母的儿童可以按这个理由送儿童福利机构，请另选安置方式或者理由。";
            Err(at_field("HOME_NOT_ALLOWED", at, message))
        }
        None => {
            let message = "临时监护的儿童一般不送儿童福利机构。请选择理由，或者另选安置方式。";
            Err(at_field("HOME_REASON_REQUIRED", at, message))
        }
    }
}

/// Whether a child under long-term guardianship may live there: a protection centre is for a
/// time only (未成年人保护法 96).
///
/// # Errors
/// `CENTRE_NOT_LONG`.
pub fn long_place(kind: PlaceKind) -> Result<(), Refusal> {
    if kind != PlaceKind::Centre {
        return Ok(());
    }
    let message = "长期监护的儿童由儿童福利机构收留、抚养，或者委托亲属、家庭寄养；救助保护机构只作临时安置。";
    Err(at_field("CENTRE_NOT_LONG", "/placing/place", message))
}

/// Which long-term ground may follow a temporary one (未成年人保护法 94).
#[must_use]
pub fn may_become(from: TemporaryGround, to: LongGround) -> bool {
    match to {
        LongGround::NotFound => matches!(
            from,
            TemporaryGround::Wandering | TemporaryGround::GuardianMissing | TemporaryGround::Other
        ),
        LongGround::Incapable => !matches!(from, TemporaryGround::Wandering),
        LongGround::Dead | LongGround::Removed | LongGround::Other => true,
    }
}
