//! Every act on a case.

use crate::domain::{
    fields::{LongText, Name, ShortText},
    protection::{
        placing::Voice,
        temporary_guardianship::action::{Adopted, ChildKnown, Died, GiveCare, Move},
        words::Grave,
    },
};

yiwang_casework::actions! {
    /// 复核.
    Confirm = "confirm";
    /// 换安置.
    Move(Move) = "move";
    /// 照料、落户.
    Care(GiveCare) = "care";
    /// 儿童身份.
    ChildKnown(ChildKnown) = "child_known";
    /// 恢复监护人资格.
    Restore(Restore) = "restore";
    /// 被收养.
    Adopted(Adopted) = "adopted";
    /// 死亡.
    Died(Died) = "child_died";
    /// 死亡, written down by the county.
    RecordDeath(Died) = "record_death";
    /// Eighteen.
    OfAge = "of_age";
}

yiwang_casework::act_data! {
    /// The court gave guardianship back.
    Restore {
        to: String, "Name", "监护人姓名", "";
        court: String, "ShortText", "人民法院", "";
        paper: String, "ShortText", "判决书编号", "";
        grave: Grave, "Grave", "撤销时认定的严重情形", "";
        voice: Voice, "Voice", "儿童本人的意见", "";
        ? reasons: String, "LongText", "特殊理由", "有严重情形的必须写。";
    }
}
