//! Every act on a case.

use jiff::civil::Date;

use crate::domain::{
    document::Document,
    fields::{Day, DivisionCode, DocumentNumber, HiddenText, LongText, Name, ShortText},
    stay::{
        action::Reasons,
        matched::{Matched, Unmatched},
    },
};

yiwang_casework::code_list! {
    /// What the person gets once there is a household.
    Benefit {
        ExtremePoverty = "extreme_poverty", "特困人员救助供养";
        Orphan = "orphan", "孤儿、事实无人抚养儿童基本生活保障";
        MedicalInsurance = "medical_insurance", "基本医疗保险";
        Disability = "disability", "残疾人证";
        DisabilityAllowance = "disability_allowance", "残疾人两项补贴";
        MinimumLiving = "minimum_living", "最低生活保障";
    }
}

yiwang_casework::actions! {
    /// 审核.
    Review(Review) = "review";
    /// 退回补充.
    SendBack(Reasons) = "send_back";
    /// 补充.
    Supplement(Reasons) = "supplement";
    /// 政府批准.
    Approve(Approve) = "approve";
    /// 落户.
    Register(Register) = "register";
    /// 待遇落实.
    Benefits(Benefits) = "benefits";
    /// 每年再次比对.
    Repeat(Repeat) = "repeat";
    /// 查明真实身份, two sign.
    TrueIdentity(TrueIdentity) = "true_identity";
    /// 撤销真实身份认定, two sign.
    Revoke(Revoke) = "revoke";
    /// 寻亲比中, by the comparison.
    Found(Matched) = "found";
    /// 撤销寻亲比中, by the comparison.
    NotFound(Unmatched) = "not_found";
    /// 注销临时户口.
    CancelHousehold(CancelHousehold) = "cancel_household";
    /// A benefit began, by its service.
    Granted(Granted) = "benefit_granted";
    /// 第二人复核.
    Countersign = "countersign";
    /// 作废.
    Discard(Reasons) = "discard";
    /// 终止.
    End(Reasons) = "end";
}

yiwang_casework::act_data! {
    /// Civil affairs.
    Review {
        opinion: String, "LongText", "审核意见", "";
        document: String, "ShortText", "报政府的文号", "";
    }
    /// The government.
    Approve {
        document: String, "ShortText", "政府批准文号", "";
        on: Date, "Day", "批准日期", "";
    }
    /// The police.
    Register {
        name: String, "Name", "登记姓名", "";
        number: String, "DocumentNumber", "公民身份号码", "";
        police: String, "ShortText", "落户派出所", "";
        household: String, "ShortText", "集体户口簿编号", "";
        on: Date, "Day", "落户日期", "";
        duplicates_checked: bool, "bool", "公安机关已核查没有重复户口", "";
        duplicates_paper: String, "ShortText", "核查证明编号", "";
    }
    /// What was put in place.
    Benefits {
        benefits: Vec<Benefit>, "Vec<Benefit>", "已经落实的待遇", "可以多选。";
        findings: String, "LongText", "办理情况", "";
    }
    /// DNA and face again.
    Repeat {
        dna: bool, "bool", "已再次比对DNA", "";
        face: bool, "bool", "已再次比对人脸", "";
        findings: String, "HiddenText", "比对结果", "没有比中的写明。";
    }
    /// Who it really is.
    TrueIdentity {
        paper: String, "ShortText", "公安机关核实文书编号", "";
        name: String, "Name", "真实姓名", "";
        number: String, "DocumentNumber", "证件号码", "";
        cancelled: String, "ShortText", "注销临时户口的证明编号", "";
        ? document: Document, "Document", "证件种类", "";
        ? country: String, "ShortText", "签发国家（地区）", "照护照填写。";
        ? household: String, "DivisionCode", "户籍地", "乡镇（街道）；用于返乡帮扶。";
    }
    /// It was somebody else.
    Revoke {
        reasons: String, "LongText", "理由", "";
        ? restored: String, "ShortText", "公安机关恢复户口的证明编号", "临时户口已经注销的必填。";
    }
    /// The temporary household ends.
    CancelHousehold {
        paper: String, "ShortText", "注销临时户口的证明编号", "";
        on: Date, "Day", "注销日期", "";
    }
    /// What another service has granted.
    Granted {
        benefit: String, "ShortText", "待遇", "";
        case_number: String, "ShortText", "办件编号", "";
        ? from_month: String, "ShortText", "起始月份", "";
    }
}
