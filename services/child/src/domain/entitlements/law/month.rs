//! First and last months (民发〔2019〕62号 二; rules B2.2, B5.7).

use jiff::civil::Date;
use yiwang_civic::time::{Month, month_of};

yiwang_casework::code_list! {
    /// Why an entitlement ends.
    EndReason {
        Adopted = "adopted", "被收养";
        Died = "died", "儿童死亡";
        ParentBack = "parent_back", "父母一方能够抚养，不再符合条件";
        ParentFound = "parent_found", "找到亲生父母，由父母抚养";
        Adult = "adult", "年满18周岁，不再在校就读";
        OtherEntitlement = "other_entitlement", "改为享受另一项保障";
        MovedOut = "moved_out", "户籍迁出，由迁入地接续";
        Wrong = "wrong", "认定有误，自始不符合条件";
    }
}

/// The first month paid: the one after the confirmation.
#[must_use]
pub fn first(confirmed_on: Date) -> Month {
    month_of(confirmed_on).next()
}

/// The first month no longer paid: the one after the ground has ended; what never held was never
/// due, from the first month on.
#[must_use]
pub fn until(reason: EndReason, on: Date, from: Month) -> Month {
    match reason {
        EndReason::Wrong => from,
        _ => month_of(on).next().max(from),
    }
}

/// Whether a month lies in what is paid.
#[must_use]
pub fn is_paid(month: Month, from: Month, until: Option<Month>) -> bool {
    from <= month && until.is_none_or(|until| month < until)
}
