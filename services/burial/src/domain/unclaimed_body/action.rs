//! Every act on such a body.

use jiff::civil::Date;

use crate::domain::{
    fields::{Day, DivisionCode, DocumentNumber, LongText, Name, Phone, ShortText},
    funeral::action::Reasons,
};

yiwang_casework::code_list! {
    /// Who gives the opinion.
    Authority {
        Police = "police", "公安机关";
        Health = "health", "卫生健康部门";
        Civil = "civil", "民政部门";
    }
}

yiwang_casework::code_list! {
    /// Ecological placement without an urn left.
    EcoForm {
        Sea = "sea", "海葬";
        Scatter = "scatter", "撒散";
        Deep = "deep", "深埋不留坟头";
    }
}

yiwang_casework::code_list! {
    /// How a family is told.
    Way {
        Phone = "phone", "电话";
        Visit = "visit", "上门";
        Letter = "letter", "寄送告知书";
        Committee = "committee", "请村（居）委会转告";
    }
}

yiwang_casework::actions! {
    /// 采集.
    Collect(Collect) = "collect";
    /// 公告.
    Announce(Announce) = "announce";
    /// 公告期满.
    Over = "announcement_over";
    /// 认领.
    Claim(Claim) = "claim";
    /// 意见.
    Opine(Opinion) = "opine";
    /// 骨灰保存.
    Keep = "keep_ashes";
    /// 生态安葬, first signature.
    Place(Place) = "place";
    /// 查明身份, first signature.
    Identify(Identify) = "identify";
    /// 登记通知亲属.
    TellFamily(TellFamily) = "tell_family";
    /// 亲属接办: told by the funeral.
    TakenOver = "taken_over";
    /// 归还骨灰, first signature.
    Return(ReturnAshes) = "return_ashes";
    /// 第二人复核.
    Countersign = "countersign";
    /// 作废待复核的一步.
    Discard(Reasons) = "discard";
}

yiwang_casework::act_data! {
    /// What the police took.
    Collect {
        station: String, "ShortText", "采集的公安机关", "";
        dna_sample: String, "ShortText", "DNA样本编号", "入库后继续比对。";
        photos: bool, "bool", "已拍照", "";
        search: String, "LongText", "查找结果", "写明查过哪些数据库、走访了哪里。";
        ? fingerprint: String, "ShortText", "指纹编号", "不具备采集条件的不填，在查找结果里写明。";
    }
}
yiwang_casework::act_data! {
    /// Where it is printed.
    Announce { medium: String, "ShortText", "公告载体", "报纸名称和日期，或者网站。"; }
}
yiwang_casework::act_data! {
    /// Somebody comes.
    Claim {
        name: String, "Name", "认领人姓名", "";
        number: String, "DocumentNumber", "认领人身份证件号码", "";
        relation: String, "ShortText", "与逝者的关系", "";
        document: String, "ShortText", "公安机关的身份确认文书", "";
    }
}
yiwang_casework::act_data! {
    /// 不需要继续保留.
    Opinion {
        authority: Authority, "Authority", "出具意见的部门", "";
        document: String, "ShortText", "文号", "";
        given_on: Date, "Day", "出具日期", "";
    }
}
yiwang_casework::act_data! {
    /// The ashes are placed.
    Place {
        form: EcoForm, "EcoForm", "生态安葬方式", "";
        place: String, "ShortText", "地点", "";
        record: String, "ShortText", "影像记录编号", "";
    }
}
yiwang_casework::act_data! {
    /// A match.
    Identify {
        name: String, "Name", "查明的姓名", "";
        number: String, "DocumentNumber", "公民身份号码", "";
        report: String, "ShortText", "DNA比对鉴定书文号", "";
        family_name: String, "Name", "通知的亲属姓名", "";
        family_phone: String, "Phone", "亲属电话", "";
        ? family_number: String, "DocumentNumber", "亲属身份证件号码", "知道的填写：亲属有账号的，同时在网上收到消息。";
        ? certificate: String, "ShortText", "死亡证明编号", "以“无名氏”开具的死亡证明，同时补上身份。";
        ? household: String, "DivisionCode", "户籍所在地", "";
    }
}
yiwang_casework::act_data! {
    /// Home at last.
    ReturnAshes {
        name: String, "Name", "领取人姓名", "";
        number: String, "DocumentNumber", "领取人身份证件号码", "";
        kinship: String, "ShortText", "核对的亲属关系材料", "例如户口簿、公安机关或者村（居）委会的证明。";
        receipt: String, "ShortText", "收据编号", "";
    }
}
yiwang_casework::act_data! {
    /// The family was told, or was not reached.
    TellFamily {
        how: Way, "Way", "通知方式", "";
        told_on: Date, "Day", "通知日期", "";
        answer: String, "LongText", "亲属的答复", "没有联系上的写明，另约时间再联系。";
    }
}
