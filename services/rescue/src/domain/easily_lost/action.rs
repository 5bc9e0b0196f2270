//! Every act on an entry.

use jiff::civil::Date;

use crate::domain::fields::{Day, DivisionCode, HiddenText, LongText, Name, Phone, ShortText};

yiwang_casework::code_list! {
    /// How easily somebody is lost.
    Level {
        High = "high", "高风险";
        Middle = "middle", "中风险";
        Low = "low", "低风险";
    }
}

impl Level {
    /// One step up.
    #[must_use]
    pub fn raised(self) -> Self {
        match self {
            Self::Low => Self::Middle,
            Self::Middle | Self::High => Self::High,
        }
    }
}

yiwang_casework::code_list! {
    /// Why somebody leaves the register.
    Removal {
        Recovered = "recovered", "经评估不再容易走失";
        Guarded = "guarded", "已入住机构，有人照护";
        Moved = "moved", "户籍、居住地迁出本县";
        Died = "died", "已经去世";
        Mistake = "mistake", "信息有误";
    }
}

yiwang_casework::actions! {
    /// 审核入库.
    List(Listing) = "list";
    /// 不予纳入.
    Reject(Reasons) = "reject";
    /// The month of the visit has come.
    VisitDue = "visit_due";
    /// 回访.
    Visit(Visit) = "visit";
    /// 重新采集.
    Collect(Collected) = "collect";
    /// 调整等级、责任人.
    Relevel(Listing) = "relevel";
    /// Wanders again after a return: one level up.
    Raise = "raise";
    /// 失联预警.
    Alarm(Alarm) = "alarm";
    /// 找回.
    Found(Found) = "found";
    /// 移出.
    Remove(Remove) = "remove";
}

yiwang_casework::act_data! {
    /// Onto the register.
    Listing {
        level: Level, "Level", "走失风险等级", "";
        responsible: String, "Name", "责任人姓名", "平时联系、走失时马上寻找的人。";
        responsible_phone: String, "Phone", "责任人电话", "";
        ? bracelet: String, "ShortText", "定位手环编号", "发了手环的填写。";
    }
}
yiwang_casework::act_data! {
    /// Why not.
    Reasons { reasons: String, "LongText", "理由", ""; }
}
yiwang_casework::act_data! {
    /// Seen at home.
    Visit {
        seen: bool, "bool", "见到本人", "没有见到、说不清去向的，请马上办理失联预警。";
        findings: String, "HiddenText", "回访情况", "身体、照护、外出情况。";
        ? guardian_talked: bool, "bool", "已与监护人、家人谈话", "";
    }
}
yiwang_casework::act_data! {
    /// What has changed since.
    Collected {
        address: String, "ShortText", "现住址", "";
        marks: String, "LongText", "体貌特征", "身高、疤痕、胎记、常穿的衣服等。";
        photo_updated: bool, "bool", "已更新照片", "";
        ? condition: String, "HiddenText", "身体、精神状况", "";
        ? note: String, "LongText", "其他变化", "";
    }
}
yiwang_casework::act_data! {
    /// Lost.
    Alarm {
        lost_on: Date, "Day", "失联日期", "";
        last_seen: String, "ShortText", "最后出现的地点", "";
        receipt: String, "ShortText", "报警回执编号", "先报警，再登记。";
        ? place: String, "DivisionCode", "最后出现的地区", "";
        ? clothes: String, "ShortText", "当时的衣着", "";
    }
}
yiwang_casework::act_data! {
    /// Back.
    Found {
        found_on: Date, "Day", "找回日期", "";
        found_at: String, "ShortText", "找回地点", "";
        how: String, "LongText", "怎么找回的", "";
    }
}
yiwang_casework::act_data! {
    /// Off the register.
    Remove {
        cause: Removal, "Removal", "移出原因", "";
        reasons: String, "LongText", "说明", "";
    }
}
