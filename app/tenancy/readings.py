"""How the Chinese names of places and units are read, and what units are called for short.

A county adds its own place names here; the longest entry that fits is taken, and everything else
is read by pypinyin.
"""

import re
import unicodedata

from app.core.pinyin import syllables_of

READINGS: dict[str, str] = {
    # Yongjia and its neighbours
    "永嘉": "yong jia",
    "乐清": "yue qing",
    "瓯海": "ou hai",
    "瓯北": "ou bei",
    "东瓯": "dong ou",
    "大若岩": "da ruo yan",
    "巽宅": "xun zhai",
    "茗岙": "ming ao",
    "楠溪江": "nan xi jiang",
    "缙云": "jin yun",
    "丽水": "li shui",
    "台州": "tai zhou",
    "天台": "tian tai",
    "鄞州": "yin zhou",
    "嵊州": "sheng zhou",
    "嵊泗": "sheng si",
    "衢州": "qu zhou",
    "浙江": "zhe jiang",
    # Places elsewhere whose characters are usually read another way
    "重庆": "chong qing",
    "长乐": "chang le",
    "长沙": "chang sha",
    "长春": "chang chun",
    "长治": "chang zhi",
    "长兴": "chang xing",
    "长安": "chang an",
    "乐山": "le shan",
    "乐亭": "lao ting",
    "乐陵": "lao ling",
    "六安": "lu an",
    "六合": "lu he",
    "番禺": "pan yu",
    "东莞": "dong guan",
    "厦门": "xia men",
    "蚌埠": "beng bu",
    "亳州": "bo zhou",
    "黄陂": "huang pi",
    "黄埔": "huang pu",
    "大埔": "da bu",
    "涡阳": "guo yang",
    "歙县": "she xian",
    "黟县": "yi xian",
    "砀山": "dang shan",
    "枞阳": "zong yang",
    "监利": "jian li",
    "铅山": "yan shan",
    "婺源": "wu yuan",
    "莘县": "shen xian",
    "莘庄": "xin zhuang",
    "单县": "shan xian",
    "东阿": "dong e",
    "茌平": "chi ping",
    "济南": "ji nan",
    "济宁": "ji ning",
    "浚县": "xun xian",
    "尉氏": "wei shi",
    "尉犁": "yu li",
    "解州": "hai zhou",
    "洪洞": "hong tong",
    "井陉": "jing xing",
    "蔚县": "yu xian",
    "大同": "da tong",
    "朝阳": "chao yang",
    "会稽": "kuai ji",
    "荥阳": "xing yang",
    "荥经": "ying jing",
    "犍为": "qian wei",
    "郫都": "pi du",
    "泸州": "lu zhou",
    "华阴": "hua yin",
    "吴堡": "wu bu",
    "柞水": "zha shui",
    "大荔": "da li",
    "中牟": "zhong mu",
    "牟平": "mu ping",
    "勐海": "meng hai",
    "百色": "bai se",
    "儋州": "dan zhou",
    # Words of offices
    "行政": "xing zheng",
    "银行": "yin hang",
    "重点": "zhong dian",
    "重建": "chong jian",
    "音乐": "yin yue",
    "调度": "diao du",
    "调查": "diao cha",
    "调解": "tiao jie",
    "会计": "kuai ji",
    "统计": "tong ji",
    "朝鲜": "chao xian",
}

SHORT_NAMES: dict[str, str] = {
    "人民政府办公室": "县府办",
    "发展和改革局": "发改局",
    "经济和信息化局": "经信局",
    "人力资源和社会保障局": "人社局",
    "自然资源和规划局": "资规局",
    "住房和城乡建设局": "住建局",
    "交通运输局": "交通局",
    "文化和广电旅游体育局": "文广旅体局",
    "卫生健康局": "卫健局",
    "退役军人事务局": "退役军人局",
    "应急管理局": "应急局",
    "市场监督管理局": "市场监管局",
    "医疗保障局": "医保局",
    "综合行政执法局": "综合执法局",
    "生态环境局": "生态环境局",
    "行政服务中心": "政务中心",
    "公共资源交易中心": "交易中心",
}

_KNOWN = re.compile("(" + "|".join(sorted(map(re.escape, READINGS), key=len, reverse=True)) + ")")
_PIECE = re.compile(r"[a-z0-9]+|[\u3400-\u9fff\U00020000-\U0003134f]+")


def syllables(name: str) -> list[str]:
    """Read a name as syllables without tones; runs of Latin letters and digits stay whole."""
    read: list[str] = []
    for part in _KNOWN.split(unicodedata.normalize("NFKC", name).lower()):
        if part in READINGS:
            read += READINGS[part].split()
        else:
            read += _plain(part)
    return read


def _plain(part: str) -> list[str]:
    read: list[str] = []
    for piece in _PIECE.findall(part):
        sounds = [piece] if piece.isascii() else syllables_of(piece)
        read += [sound for sound in map(_ascii, sounds) if sound]
    return read


def _ascii(sound: str) -> str:
    stripped = unicodedata.normalize("NFD", sound.replace("ü", "v"))
    return "".join(mark for mark in stripped.lower() if mark.isascii() and mark.isalnum())
