//! Every act on an adoption.

use yiwang_casework::Photos;

use super::{
    form::{Form, Marital},
    senders::{Found, Senders},
};
use crate::domain::{
    adoption::{
        law::{assessment::Veto, consents::Who, papers::Paper},
        people::Adoptee,
    },
    fields::{Day, HiddenText, LongText, ShortText},
};

yiwang_casework::code_list! {
    /// What the first officer proposes.
    Outcome {
        Register = "register", "准予登记";
        Refuse = "refuse", "不予登记";
    }
}

yiwang_casework::actions! {
    /// 更正申请内容.
    Amend(Box<Form>) = "amend";
    /// 本人签名.
    Sign = "sign";
    /// 当面签名.
    SignAtDesk(SignAtDesk) = "sign_at_desk";
    /// 核对婚姻状况.
    CheckMarital(CheckMarital) = "check_marital";
    /// 询问笔录.
    Interview(Interview) = "interview";
    /// 登记同意.
    Consent(Consent) = "consent";
    /// 听取儿童意见.
    HearChild(HearChild) = "hear_child";
    /// 选定儿童.
    ChooseChild(Box<Chosen>) = "choose_child";
    /// 核对材料.
    CheckPapers(CheckPapers) = "check_papers";
    /// 发布公告.
    PostNotice(PostSearch) = "post_notice";
    /// 公告期满.
    NoticeOver = "notice_over";
    /// 公告期间有人反映.
    Objected = "objected";
    /// 核实反映.
    Settle(Settle) = "settle";
    /// 生父母、其他监护人出现.
    ParentsFound(Reasons) = "parents_found";
    /// 开始评估.
    BeginAssessment(BeginAssessment) = "begin_assessment";
    /// 上门调查.
    Visit(Visit) = "visit";
    /// 评分.
    Score(Score) = "score";
    /// 开始融合.
    BeginBond(BeginBond) = "begin_bond";
    /// 结束融合.
    EndBond(EndBond) = "end_bond";
    /// 评估报告.
    Report(Report) = "report";
    /// 拟办.
    Propose(Propose) = "propose";
    /// 审批.
    Confirm = "confirm";
    /// 退回.
    SendBack(Reasons) = "send_back";
    /// 撤回.
    Withdraw(Reasons) = "withdraw";
}

yiwang_casework::act_data! {
    /// Reasons.
    Reasons {
        reasons: String, "LongText", "理由", "";
    }
    /// Both came.
    SignAtDesk {
        adopter: bool, "bool", "收养人已当面签名", "";
        spouse: bool, "bool", "配偶已当面签名", "没有配偶的不选。";
        ? mandate: String, "ShortText", "配偶不能到场的委托书编号", "经村（居）民委员会证明或者公证；到场的不填。";
    }
    /// Marital state, as the register says today.
    CheckMarital {
        state: Marital, "Marital", "查得的婚姻状况", "";
        same_spouse: bool, "bool", "配偶与申请一致", "没有配偶的选“是”。";
        source: String, "ShortText", "核对方式", "例如：全国婚姻登记信息查询。";
    }
    /// Record of the talk.
    Interview {
        adopters: String, "HiddenText", "收养人询问笔录", "收养目的、条件、对被收养人的安排，是否自愿。";
        ? senders: String, "HiddenText", "送养人询问笔录", "送养原因、是否自愿、是否收取财物；没有送养人的不填。";
    }
    /// Somebody agrees, or not.
    Consent {
        who: Who, "Who", "谁", "";
        name: String, "ShortText", "姓名或者机构名称", "";
        agrees: bool, "bool", "同意", "";
        identity_checked: bool, "bool", "已核对身份证件", "";
        words: String, "HiddenText", "本人原话", "";
        ? recording: String, "ShortText", "录音录像编号", "没有的不填。";
    }
    /// The child is heard, at any age.
    HearChild {
        agrees: bool, "bool", "愿意", "年满8周岁的，不愿意就不能收养；太小不能表达的选“是”并写明。";
        alone: bool, "bool", "收养人、送养人不在场时询问", "";
        words: String, "HiddenText", "儿童原话、表现", "太小不能表达的，写明看到的情况。";
    }
    /// The child that was chosen.
    Chosen {
        child: Adoptee, "Adoptee", "儿童", "";
        senders: Senders, "Senders", "送养人", "登记后封存。";
        ? found: Found, "Found", "捡拾情况", "查找不到生父母的填写；登记后封存。";
    }
    /// Papers and what they say.
    CheckPapers {
        papers: Vec<Paper>, "Vec<Paper>", "已查看的材料", "可以多选；收养继子女的只要户口簿、身份证和结婚证。";
        able: bool, "bool", "有抚养、教育和保护能力", "";
        healthy: bool, "bool", "没有不应当收养子女的疾病", "夫妻都没有才选。";
        clean: bool, "bool", "没有不利的违法犯罪记录", "夫妻都没有才选。";
        free: bool, "bool", "没有借收养收取、支付财物", "有买卖嫌疑的，马上报告公安机关。";
    }
    /// For the birth parents.
    PostSearch {
        found_at: String, "ShortText", "捡拾地点", "写到乡镇、街道或者公共场所。";
        features: String, "LongText", "特征", "体貌、衣着、随身物品；不写姓名、号码。";
        place: String, "ShortText", "公告发布在哪里", "报纸、网站的名称。";
        ? photo: Photos, "Photos", "照片", "没有的不传。";
    }
    /// What somebody told came to.
    Settle {
        result: String, "LongText", "核实结果", "是生父母或者其他监护人的，再登记认领。";
    }
    /// Both agree to be assessed.
    BeginAssessment {
        consented: bool, "bool", "收养人已书面同意评估", "";
        team: String, "ShortText", "评估单位", "民政部门自行评估，或者委托的第三方机构名称。";
    }
    /// At their home.
    Visit {
        on: String, "Day", "日期", "";
        seen: String, "ShortText", "见到的人", "";
        findings: String, "HiddenText", "调查情况", "家庭、邻居、单位、村（居）民委员会怎么说。";
        unrelated: bool, "bool", "我不是当事人的亲属，没有利害关系", "";
    }
    /// One assessor's points.
    Score {
        motive: u32, "crate::domain::adoption::fields::Points", "收养动机", "";
        morals: u32, "crate::domain::adoption::fields::Points", "道德品行", "";
        education: u32, "crate::domain::adoption::fields::Points", "受教育程度", "";
        health: u32, "crate::domain::adoption::fields::Points", "健康状况", "";
        means: u32, "crate::domain::adoption::fields::Points", "经济及住房条件", "";
        marriage: u32, "crate::domain::adoption::fields::Points", "婚姻家庭关系", "";
        members: u32, "crate::domain::adoption::fields::Points", "共同生活家庭成员意见", "";
        plan: u32, "crate::domain::adoption::fields::Points", "抚育计划", "";
        neighbours: u32, "crate::domain::adoption::fields::Points", "邻里关系", "";
        community: u32, "crate::domain::adoption::fields::Points", "社区环境", "";
        bond: u32, "crate::domain::adoption::fields::Points", "与被收养人融合情况", "";
        vetoes: Vec<Veto>, "Vec<Veto>", "一票否决的情形", "没有的不选；发现侵害儿童的，马上报告公安机关。";
        opinion: String, "HiddenText", "意见", "";
        unrelated: bool, "bool", "我不是当事人的亲属，没有利害关系", "";
    }
    /// The child lives with them.
    BeginBond {
        on: String, "Day", "开始日期", "";
        agreement: String, "ShortText", "融合协议编号", "收养人与送养人（机构）签订。";
        words: String, "HiddenText", "儿童的意见", "原话；太小不能表达的，写明看到的情况。";
    }
    /// How it went.
    EndBond {
        on: String, "Day", "结束日期", "";
        good: bool, "bool", "融合良好", "";
        findings: String, "HiddenText", "融合情况", "";
        words: String, "HiddenText", "儿童的意见", "原话；太小不能表达的，写明看到的情况。";
    }
    /// The report.
    Report {
        findings: String, "HiddenText", "评估报告", "";
    }
    /// What is to become of it.
    Propose {
        outcome: Outcome, "Outcome", "拟办意见", "";
        reasons: String, "LongText", "理由", "";
    }
}
