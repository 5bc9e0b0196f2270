//! Every act on a case.

use jiff::civil::Date;

use crate::domain::fields::{Day, HiddenText, LongText, Name, Phone, ShortText};

yiwang_casework::code_list! {
    /// What somebody needs after coming home.
    Need {
        MinimumLiving = "minimum_living", "最低生活保障";
        ExtremePoverty = "extreme_poverty", "特困人员救助供养";
        Temporary = "temporary", "临时救助";
        Disability = "disability", "残疾人两项补贴";
        Employment = "employment", "就业帮扶";
        Medical = "medical", "医疗救助、医保";
        Guardianship = "guardianship", "落实监护";
    }
}

yiwang_casework::code_list! {
    /// How a visit finds the person.
    Living {
        Settled = "settled", "生活稳定";
        Unsettled = "unsettled", "有再次外出流浪的迹象";
        Away = "away", "已经离家，又外出流浪";
    }
}

yiwang_casework::code_list! {
    /// Why nobody visits any more.
    End {
        Declined = "declined", "本人不愿意继续接受帮扶";
        Moved = "moved", "户籍、居住地迁出本县";
        Institution = "institution", "已入住机构";
        Died = "died", "已经去世";
        Mistake = "mistake", "信息有误";
    }
}

yiwang_casework::actions! {
    /// 接收.
    Receive(Receive) = "receive";
    /// 评估需求.
    Assess(Assess) = "assess";
    /// 帮扶计划.
    Plan(Plan) = "plan";
    /// 回访.
    Visit(Visit) = "visit";
    /// 再流浪.
    Again(Again) = "again";
    /// Home again.
    Returned(Returned) = "returned";
    /// 稳固.
    Stable(Reasons) = "stable";
    /// 结束.
    Close(Close) = "close";
}

yiwang_casework::act_data! {
    /// Taken over.
    Receive {
        handed_by: String, "ShortText", "谁交接的", "救助管理站、亲属等。";
        record: String, "ShortText", "交接单编号", "";
        ? note: String, "LongText", "交接情况", "";
    }
}

/// What the person needs.
#[derive(
    Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Assess {
    /// Needs.
    #[schemars(title = "需要落实的", description = "可以多选；不需要的不选。", extend("uniqueItems" = true))]
    pub needs: Vec<Need>,
    /// In words.
    #[schemars(
        title = "家庭和生活情况",
        description = "住房、收入、身体、家人。",
        with = "HiddenText"
    )]
    pub findings: String,
    /// Who looks after the person.
    #[serde(default)]
    #[schemars(
        title = "监护人、照料人",
        description = "未成年人，有精神、智力障碍的必填；没有的，选“落实监护”。",
        with = "ShortText"
    )]
    pub guardian: String,
}

yiwang_casework::act_data! {
    /// The plan.
    Plan {
        measures: String, "LongText", "帮扶措施", "逐项写明谁办、什么时候办好。";
        responsible: String, "Name", "责任人", "";
        responsible_phone: String, "Phone", "责任人电话", "";
    }
}
yiwang_casework::act_data! {
    /// Seen at home.
    Visit {
        living: Living, "Living", "生活情况", "";
        findings: String, "HiddenText", "回访情况", "帮扶措施有没有落实，还有什么困难。";
    }
}
yiwang_casework::act_data! {
    /// Left again.
    Again {
        left_on: Date, "Day", "离家日期", "不清楚的填发现日期。";
        reasons: String, "LongText", "原因", "";
    }
}
yiwang_casework::act_data! {
    /// Home again.
    Returned {
        returned_on: Date, "Day", "返乡日期", "";
        ? stay: String, "ShortText", "救助编号", "从救助管理站回来的填写。";
    }
}
yiwang_casework::act_data! {
    /// Why it is over.
    Reasons { reasons: String, "LongText", "理由", "写明生活、收入、照护怎么落实的。"; }
}
yiwang_casework::act_data! {
    /// Ends before its time.
    Close {
        cause: End, "End", "结束原因", "";
        reasons: String, "LongText", "说明", "";
    }
}
