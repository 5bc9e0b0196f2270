//! Every act on a case.

use crate::domain::{
    fields::{HiddenText, LongText, PlaceId, ShortText},
    stay::action::Reasons,
};

yiwang_casework::actions! {
    /// 健康评估.
    Assess(Assess) = "assess";
    /// 转入.
    Place(Place) = "place";
    /// 巡查.
    Visit(Visit) = "visit";
    /// 月度检查.
    Check(Check) = "check";
    /// 评估.
    Evaluate(Evaluate) = "evaluate";
    /// 转出.
    TakeOut(TakeOut) = "take_out";
    /// The county found the institution unfit.
    InstitutionFailed(Reasons) = "institution_failed";
    /// The stay is over, or ends.
    StayEnded(Reasons) = "stay_ended";
    /// 取消、结束.
    Cancel(Reasons) = "cancel";
}

yiwang_casework::act_data! {
    /// Before the placement.
    Assess {
        hospital: String, "ShortText", "评估医院", "";
        findings: String, "HiddenText", "健康情况", "病史、用药、传染病、护理等级。";
        fit: bool, "bool", "适合在这家机构托养", "";
    }
    /// Into the institution.
    Place {
        record: String, "ShortText", "交接单编号", "";
        receiver: String, "ShortText", "机构接收人", "";
        medicine: String, "HiddenText", "随身药品", "没有的写“无”。";
        ? place: String, "PlaceId", "托养机构床位", "不选的，自动选一个。";
    }
    /// Every week.
    Visit {
        seen: bool, "bool", "见到本人", "";
        findings: String, "HiddenText", "情况", "气色、衣着、饮食，本人怎么说。";
        ? problems: String, "LongText", "要机构改正的", "没有的不填。";
    }
    /// Every month.
    Check {
        fire: bool, "bool", "消防合格", "";
        food: bool, "bool", "食品合格", "";
        care: bool, "bool", "照料、护理、用药合格", "";
        findings: String, "LongText", "检查情况", "";
    }
    /// Whether it goes on.
    Evaluate {
        fit: bool, "bool", "适合继续托养", "";
        findings: String, "HiddenText", "评估意见", "";
    }
    /// Back to the station.
    TakeOut {
        reasons: String, "LongText", "理由", "";
        record: String, "ShortText", "交接单编号", "";
        ? place: String, "PlaceId", "房间", "不选的，自动安排一个空床。";
    }
}
