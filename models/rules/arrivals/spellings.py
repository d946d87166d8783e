"""Spellings of one name that no rule of transliteration derives from each other. Maintained list.

Arabic and Persian names after the English, French and German way, Tigrinya names, Ukrainian names beside their
Russian and their Western forms. Each line is one name; a spelling stands on one line only. Forms that differ merely in
doubled letters, a/e, e/i, o/u, kh/ch, sh/sch, w/v need not be here: `names.py` knows them.
"""

from collections.abc import Mapping

_GROUPS = """
yusuf yousef youssef yusef yosef jusuf jousef joussef joseph josef yousif yusif youssif
yunus younes younis yunis yonus jonas yonas
muhammad mohammed mohammad mohamed mohamad muhammed muhamed muhammet mohamet mouhamad mouhammad mohd
ahmad ahmed achmed achmad ahmet
mahmud mahmoud mahmood mahmut
hussein hussain hossein husein husain houssein hocine huseyin hussin
hasan hassan hasen hassen
omar omer umar oumar
uthman othman osman ousmane usman
ayesha aisha aischa aicha aysha ayse aishe
ibrahim ebrahim brahim ibraheem ibraim
ismail esmail ismael ismaeil esmaeil smail
yaqub yakub yaqoub yacoub jakob yaghoub
dawud daud dawood daoud daood dawoud davud davood dawit david dawid
sulaiman suleiman soleiman suleyman sulayman soliman solaiman
musa moussa mousa moosa
isa eissa issa eisa
yahya yahia jahja yehia yahiya
zakaria zakariya zakarya zekeriya
maryam mariam miriam meryem mariyam maryem marjam
fatima fatma fatimah fatemeh fatme fatimeh
khadija khadijah chadidscha khadidja hatice
zainab zeinab zaynab zeynab zeynep sainab
mustafa mostafa moustafa mustapha mostapha
murtaza morteza murtada mortaza
reza rida ridha riza redha
abdullah abdallah abdulla abdalla abdoullah abdollah
qasim qasem kasim ghasem kasem qassim qassem kassem gassim
said saeed saied sayid
sayed seyed sayyid syed sayyed seyyed
jamal gamal djamal cemal dschamal
najib nagib nadjib nadschib nageeb
tariq tarek tarik tareq
hamza hamzah hamsa
ghulam gholam gulam
jalal galal djalal celal
nur nour noor nuur
shukria shokria shokrieh shukriya
selam salam
semhar simhar
weldu woldu welde wolde weldai
yohannes johannes yohanes yohanis
oleksandr olexandr aleksandr alexander alexandr aleksander olexander oleksander aleksandar
oleksandra olexandra aleksandra alexandra
oleksij oleksii oleksiy olexij olexiy alexey aleksej aleksei alexei aleksey alexej
olena elena helena jelena yelena olene
olha olga olja
serhij serhii serhiy sergej sergey sergei sergii sergiy serhi
bohdan bogdan
ihor igor
oleh oleg
hryhorij grigorij hryhorii grigori grigory
mykola nikolai nikolaj nikolay mikola mykolai
wolodymyr volodymyr vladimir wladimir volodimir volodymir
kateryna katerina ekaterina jekaterina yekaterina katarina catherine
dmytro dmitro dmitri dmitrij dmitriy dmitry dmytrij
andrij andriy andrii andrej andrey andrei
julija yulia julia yuliya juliya iuliia yuliia uliia
jurij yurij yuri yuriy jurii yurii iurii
mychajlo mykhailo mykhaylo michail mikhail mychailo mihajlo
pawlo pavlo pavel pawel
petro pyotr pjotr petr
wasyl vasyl vasili wassili vasilij vasiliy
jewhen yevhen evgeni jewgenij evgenij yevgeni evgeny ievgen yevgeniy
jewhenija yevheniia evgenia jewgenija yevgenia evgeniya
natalija natalia nataliia natalya nataliya natalja
marija maria mariia mariya
anastasija anastasia anastasiia anastasiya
hanna anna
wiktorija viktoriia victoria viktoria viktoriya viktorija
maksym maxim maksim maxym
denys denis dennis
tetjana tetiana tetyana tatjana tatiana tatyana
switlana svitlana svetlana swetlana
jaroslaw yaroslav jaroslav
wjatscheslaw viacheslav vyacheslav
mykyta nikita
artem artyom artjom
"""

CANONICAL: Mapping[str, str] = {
    spelling: group.split()[0] for group in _GROUPS.split("\n") if group for spelling in group.split()
}
"""From a folded spelling to the one that stands for all spellings of the name."""
