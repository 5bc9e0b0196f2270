//! Every act on a case, with what must be said in it.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::facts::PlanItem;
use crate::domain::{
    fields::{Day, DivisionCode, HiddenText, LongText, ShortText},
    protection::{
        person::{Somebody, Ward},
        placing::{Placing, Voice},
        words::{
            EmergencyStep, Help, Intervention, Plaintiff, RemovalGround, Risk, TemporaryGround,
        },
    },
};

yiwang_casework::actions! {
    /// 已告知公安.
    PoliceTold(PoliceTold) = "police_told";
    /// 研判.
    Triage(Triage) = "triage";
    /// 并案.
    Merge(Merge) = "merge";
    /// 移送.
    Transfer(Transfer) = "transfer";
    /// 儿童身份.
    ChildKnown(ChildKnown) = "child_known";
    /// 相关人员.
    Somebody(AddSomebody) = "somebody";
    /// 应急处置.
    Emergency(Emergency) = "emergency";
    /// 听取儿童意见.
    Hear(Hear) = "hear";
    /// 安置.
    Place(Place) = "place";
    /// 转入评估.
    ToAssess(ToAssess) = "to_assess";
    /// 评估.
    Assess(Assess) = "assess";
    /// 会商.
    Confer(Confer) = "confer";
    /// 复核.
    Countersign = "countersign";
    /// 退回.
    SendBack(Reasons) = "send_back";
    /// 追加计划.
    PlanAdd(PlanItem) = "plan_add";
    /// 完成计划.
    PlanDone(PlanDone) = "plan_done";
    /// 帮扶.
    GiveHelp(GiveHelp) = "help";
    /// 干预.
    Intervene(Intervene) = "intervene";
    /// 申请保护令.
    OrderRequest(OrderRequest) = "order_request";
    /// 保护令结果.
    OrderResult(OrderResult) = "order_result";
    /// 符合撤销情形.
    RemovalDue(RemovalDue) = "removal_due";
    /// 已申请撤销.
    RemovalFiled(RemovalFiled) = "removal_filed";
    /// 撤销结果.
    RemovalResult(RemovalResult) = "removal_result";
    /// 收到检察建议.
    Suggestion(Suggestion) = "suggestion";
    /// 答复检察建议.
    SuggestionAnswered(Answered) = "suggestion_answered";
    /// 送回.
    Return(Return) = "return";
    /// 转入回访.
    FollowUp(FollowUp) = "follow_up";
    /// 回访.
    Visit(Visit) = "visit";
    /// 结案.
    Close(Close) = "close";
    /// 重新办理.
    Reopen(Reasons) = "reopen";
}

/// Who assesses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "评估人员", description = "")]
pub struct Assessor {
    /// Name.
    #[schemars(title = "姓名", description = "", with = "ShortText")]
    pub name: String,
    /// Unit and title.
    #[schemars(title = "单位、职称", description = "", with = "ShortText")]
    pub unit: String,
}

yiwang_casework::code_list! {
    /// What a conference decides.
    Way {
        Help = "help", "帮扶";
        Intervene = "intervene", "监护干预";
    }
}

yiwang_casework::act_data! {
    /// The police were told.
    PoliceTold {
        unit: String, "ShortText", "公安机关", "例如“某某派出所”。";
        ? record: String, "ShortText", "接报人、回执编号", "";
    }
    /// How dangerous it is.
    Triage {
        risk: Risk, "Risk", "危险程度", "紧急的直接进入应急处置。";
        words: String, "HiddenText", "研判意见", "";
    }
    /// The same matter is dealt with already.
    Merge {
        into: String, "ShortText", "并入的办件编号", "GA开头。";
        reasons: String, "LongText", "理由", "不写姓名。";
    }
    /// Another office.
    Transfer {
        division: String, "DivisionCode", "移送到哪里", "县（市、区）或者乡镇（街道）。";
        reasons: String, "LongText", "理由", "不写姓名。";
    }
    /// Who the child is.
    ChildKnown {
        child: Ward, "Ward", "儿童", "";
    }
    /// Somebody around the child.
    AddSomebody {
        somebody: Somebody, "Somebody", "相关人员", "";
    }
    /// In the emergency.
    Emergency {
        step: EmergencyStep, "EmergencyStep", "做了什么", "";
        words: String, "HiddenText", "情况", "";
        ? unit: String, "ShortText", "谁做的", "公安机关、医院等。";
    }
    /// The child was heard.
    Hear {
        voice: Voice, "Voice", "儿童本人的意见", "";
        about: String, "ShortText", "关于什么", "例如“住在哪里”。";
    }
    /// Into a responsible placement: temporary guardianship begins.
    Place {
        ground: TemporaryGround, "TemporaryGround", "临时监护的情形", "";
        placing: Placing, "Placing", "安置", "";
        voice: Voice, "Voice", "儿童本人的意见", "";
        decision: String, "ShortText", "临时监护决定书编号", "";
        handed_over: bool, "bool", "已经交接", "儿童已经到照护人那里。";
    }
    /// The emergency is over.
    ToAssess {
        words: String, "LongText", "现在的情况", "儿童现在和谁在一起。";
    }
    /// What was found; the level follows from the indicators.
    Assess {
        assessors: Vec<Assessor>, "Vec<Assessor>", "评估人员", "两人以上。";
        absent: u8, "u8", "监护缺失指标", "符合的项数，没有的填0。";
        improper: u8, "u8", "监护失当指标", "符合的项数，没有的填0。";
        insufficient: u8, "u8", "监护不足指标", "符合的项数，没有的填0。";
        seen: bool, "bool", "见到儿童本人", "";
        safety: String, "HiddenText", "安全情况", "";
        health: String, "HiddenText", "身心情况", "";
        ? home: String, "DivisionCode", "儿童住在哪个乡镇（街道）", "报告时只知道县（市、区）的填写，那里的儿童督导员参加办理。";
    }
    /// Conference of the county.
    Confer {
        way: Way, "Way", "会商决定", "";
        people: String, "ShortText", "参加会商的单位", "";
        words: String, "HiddenText", "会商意见", "";
        plan: Vec<PlanItem>, "Vec<PlanItem>", "计划", "写明谁做、哪天以前做完。";
    }
    /// A step of the plan is done.
    PlanDone {
        item: u32, "u32", "第几项", "";
        words: String, "LongText", "结果", "";
    }
    /// A service.
    GiveHelp {
        help: Help, "Help", "帮扶", "";
        unit: String, "ShortText", "谁提供", "";
        ? words: String, "HiddenText", "情况", "";
    }
    /// A step against a guardian.
    Intervene {
        step: Intervention, "Intervention", "干预", "";
        unit: String, "ShortText", "哪个单位作出", "";
        paper: String, "ShortText", "文书编号", "没有文书的写“无”。";
    }
    /// Protection order asked for.
    OrderRequest {
        court: String, "ShortText", "人民法院", "";
        urgent: bool, "bool", "情况紧急", "紧急的24小时内作出，其余72小时内。";
    }
    /// What the court said.
    OrderResult {
        granted: bool, "bool", "作出保护令", "";
        paper: String, "ShortText", "文书编号", "";
        ? until: Option<Date>, "Option<Day>", "有效期到", "不超过6个月。";
    }
    /// There is a ground to remove a guardian.
    RemovalDue {
        ground: RemovalGround, "RemovalGround", "情形", "";
        words: String, "HiddenText", "事实", "";
    }
    /// The suit was brought.
    RemovalFiled {
        by: Plaintiff, "Plaintiff", "谁申请", "没有人申请的，民政部门应当申请。";
        court: String, "ShortText", "人民法院", "";
        paper: String, "ShortText", "案号", "";
    }
    /// What the court said.
    RemovalResult {
        removed: bool, "bool", "撤销监护人资格", "";
        civil: bool, "bool", "指定民政部门担任监护人", "";
        paper: String, "ShortText", "判决书编号", "";
    }
    /// The prosecutors wrote.
    Suggestion {
        received_on: Date, "Day", "收到日期", "";
        from: String, "ShortText", "人民检察院", "";
        paper: String, "ShortText", "检察建议书编号", "";
    }
    /// Answered in writing.
    Answered {
        paper: String, "ShortText", "答复文号", "";
    }
    /// Back to the guardians.
    Return {
        to: String, "ShortText", "送回给谁", "姓名和关系。";
        voice: Voice, "Voice", "儿童本人的意见", "";
        village: String, "VillageCode", "回访的村（社区）", "";
        months: u32, "u32", "回访几个月", "3至12个月。";
    }
    /// The follow-up begins.
    FollowUp {
        village: String, "VillageCode", "回访的村（社区）", "";
        months: u32, "u32", "回访几个月", "3至12个月。";
        words: String, "LongText", "为什么可以转入回访", "";
    }
    /// A visit.
    Visit {
        seen: bool, "bool", "见到儿童本人", "";
        alone: bool, "bool", "单独和儿童谈过", "";
        safe: bool, "bool", "儿童安全", "";
        words: String, "HiddenText", "情况", "";
    }
    /// The end, which another person signs too.
    Close {
        seen: bool, "bool", "见到儿童本人", "";
        safe: bool, "bool", "儿童安全", "";
        words: String, "HiddenText", "结案理由", "";
        told: String, "ShortText", "怎样告知报告人", "报告人没有留联系方式的写“无法告知”。不写报告人姓名。";
    }
    /// Why.
    Reasons {
        reasons: String, "LongText", "理由", "不写姓名。";
    }
}

yiwang_casework::field_kinds! {
    /// Code of a village.
    VillageCode => { "type": "string", "pattern": "^[0-9]{12}$", "x-widget": "division" };
}
