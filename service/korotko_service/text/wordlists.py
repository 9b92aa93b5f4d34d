"""Short lists of English, Ukrainian and Russian words that segmentation and ranking look up, in lower case."""


def word_set(text: str) -> frozenset[str]:
    """The words of a text that lists them between white space."""
    return frozenset(text.split())


# Words that open sentences far more often than they open names.
STARTERS = word_set(
    """
    the a an in on at it its he his she her they their we our i you this that these those there here but and or so as if
    when while after before since during although though because for from with without by to of not no yes what who how
    why where which both some many most more all each every other another according meanwhile however instead despite
    under over among last next now then earlier later still also only even just officials police у в на з із зі за до від
    по при про для під над між через після перед без він вона воно вони ми ви я це цей ця ці той та ті те його її їх
    їхній їхня наш але а і й або проте однак утім тим тому також так як що хто де коли якщо якби щоб бо адже хоча поки
    нині зараз тоді потім раніше пізніше водночас крім серед згідно наразі натомість зокрема торік учора вчора сьогодні завтра
    усі всі не ні во с со из к от о об под между после перед он она оно они мы вы это этот эта эти тот те его ее её их
    наш но или однако впрочем поэтому также так как что кто где когда если чтобы ведь хотя пока сейчас тогда потом ранее позже
    позднее кроме среди согласно при по для без через между тем вместо теперь вчера сегодня завтра все не нет там тут
    тоже только лишь лише тільки
    """
)

MONTHS_SHORT = word_set("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec")

# Months as they are written in dates: "14 June", «14 червня».
_ENGLISH_MONTHS = "january february march april may june july august september october november december"
MONTHS = word_set(
    f"""
    {_ENGLISH_MONTHS} січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    """
)

# After "5 p.m." these continue the time rather than open a sentence.
TIME_FOLLOWERS = word_set(
    f"""
    monday tuesday wednesday thursday friday saturday sunday {_ENGLISH_MONTHS}
    et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet cest eet eest msk eastern central pacific kyiv moscow
    """
)

# The words that a line may have if it only says when.
_OTHER_DATE_WORDS = word_set(
    """
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun am pm a p m at on of time local updated
    published січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень понеділок
    вівторок середа четвер пʼятниця п’ятниця п'ятниця субота неділя понедельник вторник среда четверг пятница суббота
    воскресенье о об в у на г р рік року год года київ час
    """
)
DATE_WORDS = MONTHS | TIME_FOLLOWERS | _OTHER_DATE_WORDS

# Openings of a sentence that contradicts the one before.
ADVERSATIVES = word_set("but however yet still though nevertheless але проте однак втім утім та а но однако впрочем")

# A sentence that opens with one of these depends on the one before.
DANGLING_OPENINGS = ADVERSATIVES | word_set(
    """
    he she it they his her its their him them this that these those such and so also moreover meanwhile instead therefore thus then
    otherwise besides both neither similarly additionally furthermore він вона воно вони його її їх їхній їхня їхнє їхні їм їй йому це цей
    ця ці цього цьому той те ті такий така таке такі і й також тому отже тоді водночас натомість зокрема он она оно они его ее её их им ей
    ему взамен это этот эта эти этого этому тот те такой такая такое такие и также поэтому тогда обоє обидва обидві оба обе там
    """
)

# Words that say nothing about what a sentence is about.
STOP_WORDS = word_set(
    """
    a an the and or but nor so yet of in on at by to for from with without into onto over under about after before between
    during against among through as is are was were be been being am has have had having do does did will would shall
    should can could may might must not no it its he she they we you i his her their our your my me him them us this that
    these those there here who whom whose which what when where why how than then also only just more most much many some
    any all each both few other such own same too very said says say while if because since until although though up down
    out off again
    і й та а або але що щоб як яка який яке які якого якої яких якому у в на з із зі зо за до від од по при про для під
    над між через після перед без не ні є був була було були буде будуть бути він вона воно вони його її їх їм їй йому
    нею ним ними ми ви я ти нас вас мене себе свій своя своє свої свого своєї своїх це цей ця ці цього цієї цих той те
    того тієї тих там тут де коли якщо бо адже хоча також ще вже лише тільки більш більше дуже так тоді потім щодо або чи
    би б же ж сказав сказала заявив заявила повідомив повідомила
    и да или но что чтобы как какой какая которое который которая которые которого которой которых в во на с со из к ко за
    до от по при про для под над между через после перед без не ни есть был была было были будет будут быть он она оно
    они его ее её их им ей ему ними ним мы вы я ты нас вас меня себя свой своя свое своё свои своего своей своих это этот
    эта эти этого этой этих тот та те того той тех там тут здесь где когда если хотя также еще ещё уже лишь только более
    больше очень так тогда потом о об обо бы б же ж ли сказал сказала заявил заявила сообщил сообщила
    """
)
