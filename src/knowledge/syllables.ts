/**
 * Spelling of Vietnamese syllables: onset, rhyme, tone. What does not fit is a foreign word, a name
 * from a minority language, or broken text.
 */
const ONSETS = "ngh ng nh gh gi kh ch ph qu th tr b c d đ g h k l m n p r s t v x".split(" ");

/**
 * Rhymes without tone. After “qu” the rhyme counts from the letter behind it: “quynh” is qu + ynh.
 */
const RHYMES = new Set(
  `a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec
   em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im
   in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
   oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u
   ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya
   uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y
   ych yêm yên yêng yêt yêu yn ynh yt`.split(/\s+/u),
);

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;
/** Syllables that end in a stop have only the tones sắc and nặng. */
const STOP = /(?:c|ch|p|t)$/u;
const SHARP_OR_HEAVY = /[\u0301\u0323]/u;

/** Whether a word is spelt like one Vietnamese syllable. Case does not count. */
export function isSyllable(word: string): boolean {
  const parts = word.toLowerCase().normalize("NFD");
  const tones = parts.match(TONES) ?? [];
  const bare = parts.replace(TONES, "").normalize("NFC");
  if (tones.length > 1 || (STOP.test(bare) && !SHARP_OR_HEAVY.test(tones[0] ?? ""))) return false;
  return (
    bare === "gi" ||
    RHYMES.has(bare) ||
    ONSETS.some((onset) => bare.startsWith(onset) && RHYMES.has(bare.slice(onset.length)))
  );
}
