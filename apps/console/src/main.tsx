import { type JSX, render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { App } from './app';
import { showTheme } from './live/theme';
import './style.css';
import { DICTIONARIES, keepLanguage, languageAtFirst, WordsContext } from './words/words';

function Page(): JSX.Element {
  const [language, setLanguage] = useState(languageAtFirst);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const change = (): void => {
    const other = language === 'en' ? 'ru' : 'en';
    keepLanguage(other);
    setLanguage(other);
  };
  return (
    <WordsContext.Provider value={DICTIONARIES[language]}>
      <App onLanguage={change} />
    </WordsContext.Provider>
  );
}

showTheme();
render(<Page />, document.body);
