//! Every act on a case.

use jiff::civil::Date;

use crate::domain::{
    fields::{
        Day, DocumentNumber, HiddenText, LongText, Name, Phone, PlaceId, SexChoice, ShortText,
        TimeOfDay,
    },
    stay::action::Reasons,
};

yiwang_casework::code_list! {
    /// How the person gets home.
    Way {
        Fetched = "fetched", "流出地救助管理站接回";
        Escorted = "escorted", "流入地护送";
        Relatives = "relatives", "亲属接领";
    }
}

yiwang_casework::actions! {
    /// 报省级民政部门.
    Forward(Letter) = "forward";
    /// 商请流出地.
    Ask(Letter) = "ask";
    /// 同意.
    Agree(Agree) = "agree";
    /// 不接收.
    Decline(Decline) = "decline";
    /// No answer in time.
    Unanswered = "unanswered";
    /// 上报协调.
    Raise(Raise) = "raise";
    /// 启程.
    Depart(Depart) = "depart";
    /// 交接, two sign.
    HandOver(HandOver) = "hand_over";
    /// 第二人复核.
    Countersign = "countersign";
    /// 作废.
    Discard(Reasons) = "discard";
    /// 折返.
    TurnBack(Reasons) = "turn_back";
    /// 结束.
    End(Reasons) = "end";
}

yiwang_casework::act_data! {
    /// A letter.
    Letter {
        to: String, "ShortText", "发给", "单位全称。";
        document: String, "ShortText", "函件编号", "";
    }
    /// The place of origin takes the person.
    Agree {
        way: Way, "Way", "返回方式", "";
        unit: String, "ShortText", "接收单位", "";
        document: String, "ShortText", "复函编号", "";
        contact: String, "Name", "联系人", "";
        phone: String, "Phone", "联系电话", "";
    }
    /// It does not.
    Decline {
        document: String, "ShortText", "复函编号", "";
        reasons: String, "LongText", "对方的理由", "";
    }
    /// To the next level.
    Raise {
        to: String, "ShortText", "上报给", "单位全称。";
        document: String, "ShortText", "文号", "";
        reasons: String, "LongText", "情况", "";
    }
    /// Somebody who goes along.
    Escort {
        name: String, "Name", "姓名", "";
        sex: String, "SexChoice", "性别", "";
    }
    /// On the way.
    Depart {
        escorts: Vec<Escort>, "Vec<Escort>", "护送人员", "不少于两人；护送女性的要有女工作人员。";
        medicine: String, "HiddenText", "随行药品清单", "没有的写“无”。";
        ? police: String, "ShortText", "公安机关协助", "护送未成年人必填：派出单位、警号。";
        ? route: String, "ShortText", "路线、车次", "";
        ? place: String, "PlaceId", "车辆", "不选的，自动选一辆。";
    }
    /// 交接单.
    HandOver {
        on: Date, "Day", "交接日期", "";
        at: String, "TimeOfDay", "交接时间", "";
        unit: String, "ShortText", "接收单位", "";
        receiver: String, "Name", "接收人姓名", "";
        number: String, "DocumentNumber", "接收人证件号码（工作证号）", "";
        card_checked: bool, "bool", "已核对接收人的证件", "";
        condition: String, "HiddenText", "受助人员身体情况", "";
        things: String, "LongText", "随身物品", "当面清点；没有的写“无”。";
        signed: bool, "bool", "接收人已在交接单上签字", "";
    }
}
